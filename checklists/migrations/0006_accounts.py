from django.db import migrations, models
from django.utils import timezone


def date_claims(apps, schema_editor):
    """Nobody wrote down when an account claimed a checklist: from now on, so that who held it before may undo it."""
    apps.get_model("checklists", "Checklist").objects.filter(owner__isnull=False).update(claimed_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('checklists', '0005_call_an_email_an_email'),
    ]

    operations = [
        migrations.AddField(
            model_name='checklist',
            name='claimed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='in the account since'),
        ),
        migrations.AddField(
            model_name='checklist',
            name='link_replaced_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='link replaced'),
        ),
        migrations.RunPython(date_claims, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name='checklist',
            constraint=models.CheckConstraint(condition=models.Q(('claimed_at', None), ('owner__isnull', False), _connector='OR'), name='checklist_is_claimed_by_an_account'),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('checklists', '0007_limits'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='outgoingmail',
            name='outgoing_mail_that_is_owed',
        ),
        migrations.AddField(
            model_name='outgoingmail',
            name='given_up_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='given up at'),
        ),
        migrations.AddField(
            model_name='outgoingmail',
            name='given_up_for',
            field=models.CharField(blank=True, choices=[('refused', 'the address takes no email'), ('unreached', 'it could not be delivered for days'), ('needless', 'nothing was left to say')], default='', max_length=10, verbose_name='given up because'),
        ),
        migrations.AddIndex(
            model_name='outgoingmail',
            index=models.Index(condition=models.Q(('given_up_at', None), ('sent_at', None)), fields=['next_try_at'], name='outgoing_mail_that_is_owed'),
        ),
        migrations.AddConstraint(
            model_name='outgoingmail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_up_at', None), ('given_up_for', '')), models.Q(('given_up_at__isnull', False), ('given_up_for__in', ['refused', 'unreached', 'needless']), ('sent_at', None)), _connector='OR'), name='outgoing_mail_given_up_for_a_reason'),
        ),
    ]

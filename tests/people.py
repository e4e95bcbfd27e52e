"""People with accounts, and firms that they belong to."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt

from checklists.firms.cases.services import open_case
from checklists.firms.members.services import start_firm
from checklists.models import Membership, User


def somebody(email, *, second_factor=True, **fields):
    """An account with a confirmed address."""
    user = User.objects.create_user(email, email=email, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    if second_factor:
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt("JBSWY3DPEHPK3PXP")}
        )
    return user


class Firm:
    """A firm with an owner, an advisor and a viewer, and cases when they are asked for."""

    def __init__(self, name="Move Well"):
        domain = f"{name.lower().replace(' ', '-')}.example"
        self.owner = somebody(f"owner@{domain}", first_name="Olga", last_name="Owner")
        self.organisation = start_firm(name=name, by=self.owner)
        self.advisor = self._member("advisor", domain, first_name="Adam", last_name="Advisor")
        self.viewer = self._member("viewer", domain, first_name="Vera", last_name="Viewer")

    def case(self, name="Ana Silva", **fields):
        """A case for somebody of this name, opened by the advisor."""
        return open_case(organisation=self.organisation, name=name, by=self.advisor, **fields)

    def _member(self, role, domain, **fields):
        user = somebody(f"{role}@{domain}", **fields)
        Membership.objects.create(organisation=self.organisation, user=user, role=role)
        return user

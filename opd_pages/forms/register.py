from wagtail.admin.forms import WagtailAdminModelForm


class RegisterForm(WagtailAdminModelForm):
    """A row of a register. Settled fields are chosen when it is made and never changed: others refer to them."""

    settled_fields: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            for name in self.settled_fields:
                self.fields[name].disabled = True

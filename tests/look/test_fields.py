"""Form fields: label, hint, and the error in the hint's place, tied to the control."""

from __future__ import annotations

from django import forms

from tests.look.hands import render


class Card(forms.Form):
    member = forms.CharField(help_text="As on the card.", widget=forms.TextInput(attrs={"placeholder": "Member"}))
    since = forms.DateField(required=False)
    plan = forms.ChoiceField(choices=[("ppo", "PPO"), ("hmo", "HMO")])
    way = forms.ChoiceField(choices=[("phone", "Phone"), ("mail", "Mail")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="She agreed")


def field(name: str, form: forms.Form) -> str:
    return render(f'<c-field :field="form.{name}" />', form=form)


def test_a_hint_is_tied_to_its_control() -> None:
    html = field("member", Card())
    assert 'aria-describedby="id_member_hint"' in html
    assert '<div class="form-hint" id="id_member_hint">As on the card.</div>' in html


def test_an_error_takes_the_hints_place_and_names_the_fault() -> None:
    html = field("member", Card({}))
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_member_error"' in html
    assert 'id="id_member_error"' in html
    assert "id_member_hint" not in html


def test_a_placeholder_that_repeats_the_label_goes() -> None:
    assert "placeholder" not in field("member", Card())


def test_only_what_may_be_left_out_is_marked() -> None:
    assert "optional" in field("since", Card())
    assert "optional" not in field("member", Card())


def test_every_kind_has_its_own_class() -> None:
    assert 'class="form-select"' in field("plan", Card())
    assert field("way", Card()).count('class="form-check-input"') == 2
    assert "<legend" in field("way", Card())
    assert 'class="form-check-input"' in field("agreed", Card())


def test_a_long_forms_errors_are_links_to_the_fields() -> None:
    html = render('<c-form-errors :form="form" />', form=Card({"plan": "ppo"}))
    assert '<a href="#id_member">Member</a>' in html
    assert "#id_plan" not in html
    assert render('<c-form-errors :form="form" />', form=Card()) == ""


def test_what_was_typed_is_escaped() -> None:
    html = field("member", Card({"member": '"><script>alert(1)</script>'}))
    assert "<script>" not in html

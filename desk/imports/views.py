"""Bringing a practice’s data over: the files, what their columns are, the preview, the result."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from desk.imports import selectors, services, undoing
from desk.imports.aliases import DATA
from desk.imports.errors import ImportRefusedError
from desk.imports.forms import AnswersForm, ColumnsForm, UploadForm, answers_of
from desk.models import ImportRun
from practice import audit, clock
from practice.http import PracticeRequest, page

TEMPLATES: Final = {
    "clinicians": "Clinicians", "clients": "Clients", "coverage": "Coverage", "sessions": "Sessions",
    "opening_balances": "Opening balances",
}  # fmt: skip


@page("imports:edit")
@require_http_methods(["GET", "POST"])
def imports(request: PracticeRequest) -> HttpResponse:
    """Every file that was uploaded, and a new one."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = services.upload(
                actor=request.actor, practice=request.practice, name=file.name or "file", content=file.read()
            )
            return redirect(_url(request, "import_run" if run.is_mapped else "import_columns", run.pk))
        except ImportRefusedError as error:
            form.add_error("file", str(error))
    found, rows = selectors.run_list(request.GET.get("page", "1"))
    facts = {"form": form, "page": found, "rows": rows, "templates": TEMPLATES, "today": clock.today(request.practice)}
    return TemplateResponse(request, "desk/imports/list.html", facts, status=422 if form.is_bound else 200)


@page("imports:edit")
@require_GET
def import_template(request: PracticeRequest, name: str) -> HttpResponse:
    """One of our own templates, with an example row."""
    if name not in TEMPLATES:
        raise Http404
    path = DATA / "templates" / f"{name}.csv"
    response = HttpResponse(path.read_bytes(), content_type="text/csv")
    response["Content-Disposition"] = f'attachment; filename="{path.name}"'
    return response


@page("imports:edit")
@require_http_methods(["GET", "POST"])
def import_columns(request: PracticeRequest, pk: int) -> HttpResponse:
    """What each column of a file is."""
    run = _open(request, pk)
    initial = {f"column_{place}": name or "" for place, name in enumerate(run.fields)}
    form = ColumnsForm(
        request.POST or None, headers=run.headers, initial=initial | {"kinds": run.kinds, "source": run.source}
    )
    if form.is_bound and form.is_valid():
        try:
            data = {"kinds": form.cleaned_data["kinds"], "source": form.cleaned_data["source"], "fields": form.said}
            services.say_columns(actor=request.actor, practice=request.practice, run_id=pk, **data)
            return redirect(_url(request, "import_run", pk))
        except ImportRefusedError as error:
            form.add_error(None, str(error))
    rows = list(zip(form.columns, selectors.column_rows(run), strict=True))
    facts = {"run": run, "form": form, "rows": rows, "name": selectors.layout_name(run)}
    return TemplateResponse(request, "desk/imports/columns.html", facts, status=422 if form.is_bound else 200)


@page("imports:edit")
@require_http_methods(["GET", "POST"])
def import_run(request: PracticeRequest, pk: int) -> HttpResponse:
    """A file: what it would bring and what is asked; once it runs, how far it is; then what came of it."""
    run = _found(pk)
    if run.status != ImportRun.Status.OPEN:
        return _result(request, run)
    if not run.is_mapped:
        return redirect(_url(request, "import_columns", pk))
    if request.method == "GET":
        run = services.look_again(actor=request.actor, practice=request.practice, run_id=pk)
    questions, today = run.found.get("questions", []), clock.today(request.practice)
    initial = answers_of(run.answers, questions) | {"through": run.through}
    form = AnswersForm(request.POST or None, questions=questions, today=today, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            told = {"answers": form.answers, "through": form.cleaned_data["through"]}
            services.answer(actor=request.actor, practice=request.practice, run_id=pk, **told)
            return redirect(_url(request, "import_run", pk))
        except ImportRefusedError as error:
            form.add_error(None, str(error))
    audit.record("import.viewed", actor=request.actor, row=run)
    return TemplateResponse(
        request, "desk/imports/preview.html", _preview(run, form), status=422 if form.is_bound else 200
    )


@page("imports:edit")
@require_POST
def start_import(request: PracticeRequest, pk: int) -> HttpResponse:
    """Brings all rows over, or only those that are good."""
    try:
        only_good = request.POST.get("rows") == "good"
        services.start(actor=request.actor, practice=request.practice, run_id=pk, only_good=only_good)
    except ImportRefusedError as error:
        messages.error(request, str(error))
    return redirect(_url(request, "import_run", pk))


@page("imports:edit")
@require_GET
def import_progress(request: PracticeRequest, pk: int) -> HttpResponse:
    """How far it is; when it is over, the page comes anew."""
    run = _found(pk)
    if not selectors.is_moving(run):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = _url(request, "import_run", pk)
        return answer
    return TemplateResponse(request, "desk/imports/_progress.html", {"run": run})


@page("imports:edit")
@require_POST
def undo_import(request: PracticeRequest, pk: int) -> HttpResponse:
    """Takes everything back that a file brought."""
    try:
        run = undoing.undo(actor=request.actor, practice=request.practice, run_id=pk)
        if run.status == ImportRun.Status.UNDONE:
            messages.success(request, "What this file brought is taken back.")
    except ImportRefusedError as error:
        messages.error(request, str(error))
    return redirect(_url(request, "import_run", pk))


@page("imports:edit")
@require_POST
def discard_import(request: PracticeRequest, pk: int) -> HttpResponse:
    """Forgets a file from which nothing was brought over."""
    try:
        services.discard(actor=request.actor, run_id=pk)
        messages.success(request, "The file is gone. Nothing was brought over from it.")
    except ImportRefusedError as error:
        messages.error(request, str(error))
    return redirect(_url(request, "imports"))


def _preview(run: ImportRun, form: AnswersForm) -> dict[str, object]:
    found = run.found
    counts = found.get("counts", [])
    waiting = sum(count["waiting"] for count in counts)
    return {
        "run": run,
        "form": form,
        "found": found,
        "name": selectors.layout_name(run) or run.source or "Another spreadsheet",
        "owed": selectors.owed(run) if "balances" in run.kinds else [],
        "waiting": waiting,
        "good": sum(count["total"] - count["waiting"] for count in counts),
        "bad": found.get("error_rows", 0) + waiting,
    }


def _result(request: PracticeRequest, run: ImportRun) -> HttpResponse:
    audit.record("import.viewed", actor=request.actor, row=run)
    chip, state = selectors.chip(run)
    facts = {
        "run": run,
        "name": selectors.layout_name(run) or run.source or "Another spreadsheet",
        "results": selectors.results(run),
        "left": selectors.left(run),
        "chip": chip,
        "state": state,
        "may_undo": selectors.can_undo(run),
        "is_moving": selectors.is_moving(run),
        "added": selectors.added(run),
        "today": clock.today(request.practice),
    }
    return TemplateResponse(request, "desk/imports/result.html", facts)


def _found(pk: int) -> ImportRun:
    run = selectors.one_run(pk)
    if run is None:
        raise Http404
    return run


def _open(request: PracticeRequest, pk: int) -> ImportRun:
    run = _found(pk)
    if run.status != ImportRun.Status.OPEN:
        raise Http404
    return run


def _url(request: PracticeRequest, name: str, *ids: int) -> str:
    return reverse(name, args=[request.practice.slug, *ids])

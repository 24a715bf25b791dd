"""The page where anybody checks whether a report is real. Nothing that is sent here is kept."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from buurtbaan.access import posted, public
from buurtbaan.throttle import too_often
from impact.models import SealCertificate
from impact.seal.forms import VerifyForm
from impact.services.verifying import BIGGEST, Answer, Verdict, verify_file, verify_hash

RATES = "20/m/ip,200/h/ip"
AROUND = 100_000
"""What a post may carry beside the file."""
PATIENCE = 8 * BIGGEST
"""A file up to here is let through unread, so that its sender sees the answer; beyond that we hang up."""


class InMemory(FileUploadHandler):
    """Holds a file in memory alone: it never touches the disk. How big it may be, is asked before."""

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self.file = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file, self.field_name, self.file_name, self.content_type or "", file_size, self.charset
        )


@csrf_exempt  # only until the size and the sender are known: reading the token would read the whole file
@public
@never_cache
@require_http_methods(["GET", "POST"])
def verify_report(request: HttpRequest) -> HttpResponse:
    """Is this file a report that was released here, and is it whole? A hash may be asked instead."""
    if request.method == "POST":
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        if too_often(request, "verify_report", RATES):
            _let_through(request, size, most=AROUND)
            return _page(request, VerifyForm(), Answer(Verdict.TOO_OFTEN), status=429)
        if size > BIGGEST + AROUND:
            _let_through(request, size, most=PATIENCE)
            return _page(request, VerifyForm(), Answer(Verdict.TOO_BIG), status=413)
        request.upload_handlers = [InMemory(request)]
    return _verify(request)


def _let_through(request: HttpRequest, size: int, *, most: int) -> None:
    """Read a body to its end without looking or keeping, so that its sender gets to see the answer."""
    if size <= most:
        while request.read(1 << 20):
            pass


@csrf_protect
def _verify(request: HttpRequest) -> HttpResponse:
    form = VerifyForm(posted(request), request.FILES or None)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form)
    file = form.cleaned_data["file"]
    answer = verify_file(file.read()) if file else verify_hash(form.cleaned_data["hash"])
    return _page(request, VerifyForm(), answer)


def _page(
    request: HttpRequest, form: VerifyForm, answer: Answer | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "answer": answer, "certificates": SealCertificate.objects.all()[:20]}
    return render(request, "impact/verify_report.html", context, status=status)

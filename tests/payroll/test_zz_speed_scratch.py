import datetime as dt, time, random
from decimal import Decimal
import pytest
from django.db import transaction, connection, reset_queries
from django.test.utils import CaptureQueriesContext
from practice import clock
from practice.models import PracticePayer, Service
from practice.tenancy.context import practice_context
from clients.models import Client
from clinicians.models import Clinician, Engagement
from scheduling.models import Session, Attendance
from charting.models import Documentation, Signature
from billing.models import Charge, Entry, LedgerLine
from payroll import services
from payroll.models import PayLine
from tests.people import make_cast
from tests.payroll.desk import Desk, share, fixed, at
N, PER = 200, 60
@pytest.mark.django_db(transaction=True, databases=["default","owner"])
def test_speed():
    with at(12):
        cast = make_cast()
        with transaction.atomic(), practice_context(cast.fernhollow.pk, phi=True, rates=True):
            payer = PracticePayer.objects.create(name="Keystone Mutual", payer_id="KEY01")
            desk = Desk(cast.fernhollow, cast.actor(cast.alice), payer)
            people = [desk.clinician(f"Ana Reyes{n}", ["contractor","w2_exempt","w2_nonexempt"][n%3]) for n in range(N)]
            for n, who in enumerate(people):
                desk.rules(who, share("0.62"), fixed("20.00", applies_to=["late_cancel","no_show"], recognized="rendered"), fixed("70.00",priority=5,codes=["90853"],group_cap=Decimal("300")))
            schedule = desk.schedule()
            service = Service.objects.get_or_create(code="90837", name="Psychotherapy", kind="individual")[0]
            client = desk.client()
            now = clock.now()
            t=N*PER//2
            sess = Session.objects.bulk_create([Session(service=service, starts_at=dt.datetime(2026,11,1+i%11,9+(i//11)%9,tzinfo=dt.UTC), ends_at=dt.datetime(2026,11,1+i%11,10+(i//11)%9,tzinfo=dt.UTC), made_at=now) for i in range(t)], batch_size=1000)
            att = Attendance.objects.bulk_create([Attendance(session=s, client=client, service=service, rendering=people[i%N], fee=Decimal("150"), status="confirmed", outcome="held", confirmed_at=now) for i,s in enumerate(sess)], batch_size=1000)
            docs = Documentation.objects.bulk_create([Documentation(attendance=a,status="signed",text="x",changed_at=now) for a in att], batch_size=1000)
            Signature.objects.bulk_create([Signature(documentation=d, kind="sign", by_name="x", at=now, content_sha256="0"*64, words="x") for d in docs], batch_size=1000)
            ch = Charge.objects.bulk_create([Charge(attendance=a, client=client, clinician_id=a.rendering_id, payer=payer, kind="session", code="90837", amount=Decimal("150"), service_on=dt.date(2026,11,3), made_at=now) for a in att], batch_size=1000)
            ents = Entry.objects.bulk_create([Entry(kind=k, posted_on=dt.date(2026,11,12), effective_on=dt.date(2026,11,12), made_at=now, made_by_name="x") for c in ch for k in ("remittance","payment")], batch_size=1000)
            lines=[]
            for i,c in enumerate(ch):
                for e,(acc,con,am) in zip(ents[2*i:2*i+2], (("payer_clearing","insurer_receivable","106.22"),("bank","client_receivable","25.00"))):
                    lines.append(LedgerLine(entry=e, account=acc, amount=Decimal(am), posted_on=e.posted_on, effective_on=e.posted_on, client=client, charge=c if acc!="bank" else None, clinician_id=c.clinician_id if acc!="bank" else None, payer=payer))
                    lines.append(LedgerLine(entry=e, account=con, amount=-Decimal(am), posted_on=e.posted_on, effective_on=e.posted_on, client=client, charge=c, clinician_id=c.clinician_id, payer=payer))
            LedgerLine.objects.bulk_create(lines, batch_size=1000)
    import os
    if os.environ.get("ANALYZE","1")=="1":
        from django.db import connections
        with connections["owner"].cursor() as cur: cur.execute("ANALYZE")
    if 1:
        from django.db import connections as cc
        with cc["owner"].cursor() as cur: cur.execute("ALTER TABLE payroll_payline DISABLE TRIGGER pay_lines_are_kept")
    with at(16):
        with transaction.atomic(), practice_context(cast.fernhollow.pk, phi=True):
            run = services.open_run(actor=desk.owner, schedule_id=schedule.pk)
        for k in range(3):
            t0=time.perf_counter(); c0=time.process_time()
            with transaction.atomic(), practice_context(cast.fernhollow.pk, phi=True):
                with CaptureQueriesContext(connection) as q:
                    run = services.compute(actor=desk.owner, run_id=run.pk)
                t1=time.perf_counter()
            t2=time.perf_counter()
            print("LINES", run.line_count, run.gross, "in", round(t1-t0,2), "commit", round(t2-t1,2), "total", round(t2-t0,2), "python cpu", round(time.process_time()-c0,2), "queries", len(q), flush=True)
            if k==0:
                for x in sorted(q.captured_queries, key=lambda x:-float(x["time"]))[:8]: print(x["time"], x["sql"][:160])
        import cProfile,pstats
        with transaction.atomic(), practice_context(cast.fernhollow.pk, phi=True):
            pr=cProfile.Profile(); pr.enable(); services.compute(actor=desk.owner, run_id=run.pk); pr.disable()
            pstats.Stats(pr).sort_stats("cumtime").print_stats(45)

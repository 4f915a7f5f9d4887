"""The segments of an 837P that we write, element by element (005010X222A1): the one table checks and tests go by.

A row reads `loop tag usage most : elements`. Usage, of segments and elements: `!` must be there, `.` (or nothing) may
be there, `?name` must be there under a named condition (see CONDITIONS), `~` the guide allows and we never write. An
element is its kind and usage, its length, then its codes after `=`; `-` stays empty, `+` behind marks a value that
others must agree with (a sum, a count, a control number). Parts of a composite stand between colons; `?name&` in front
says when it must be there. `P0304` at the end: elements 3 and 4 come together or not at all.
"""

from __future__ import annotations

from typing import Final

CONDITIONS: Final = {
    "self": "the subscriber is the patient (SBR02 = 18)",
    "street": "the loop has a street (N3)",
    "city": "the loop has a city (N4)",
    "us": "the address is in the United States",
    "abroad": "the address is not in the United States",
    "replaces": "the claim replaces or voids another (CLM05-3 is 7 or 8)",
    "accident": "the claim has a day of an accident (DTP*439)",
    "dated": "an accident by car or of another kind (CLM11 has AA or OA)",
    "auto": "an accident by car (CLM11 has AA)",
    "medicare": "Medicare pays after somebody else (SBR01 and SBR09)",
    "earlier": "the other payer pays before this one (SBR01)",
    "undecided": "the other payer pays before this one and decided none of the lines (2430)",
    "pointed": "a line points to this diagnosis or a later one (SV107)",
}
"""When a conditional segment or element must be there; the checks of SNIP level 4 ask it."""

FREQUENCY: Final = "ID!=1/7/8"
FILING: Final = "11/12/13/14/15/16/17/AM/BL/CH/CI/DS/FI/HM/LM/MA/MB/MC/OF/TV/VA/WC/ZZ"
RANKS: Final = "P/S/T/A/B/C/D/E/F/G/H/U"
MEDICARE_TYPES: Final = "12/13/14/15/16/41/42/43/47"
RELATIONS: Final = "01/19/20/21/39/40/53/G8"
QUALIFIERS: Final = "01/14/20/27/28/29/30/33/ZZ"
PERSON: Final = "ID!=1 AN!60 AN35 AN25 - AN10"
ANYBODY: Final = "ID!=1/2 AN!60 AN35 AN25 - AN10"
COMPANY: Final = "ID!=2 AN!60 - - - -"
CLINICIAN: Final = f"{PERSON} ID!=XX NPI! P0809"
MEMBER: Final = f"{ANYBODY} ID!=MI/II AN!2-80 P0809"
INSURER: Final = f"{COMPANY} ID!=PI/XV AN!2-80 P0809"
STREET: Final = "AN!55 AN55"
CITY: Final = "AN!2-30 STATE?us ZIP?us ID?abroad2-3 - - ~ID1-3"
CONTACT: Final = "ID=TE/EM/~FX/~EX AN256"
BORN: Final = "ID!=D8 DT! ID!=F/M/U"
SERVICE: Final = "ID!=HC/~ER/~IV/~WK:PROC!:MOD:MOD:MOD:MOD"
REASON: Final = "CARC R+ R"
POINTER: Final = "N01-2"

ROWS: Final = f"""
ISA ISA ! 1 : ID!=00/03 FX!10-10 ID!=00/01 FX!10-10 ID!={QUALIFIERS} FX!15-15 ID!={QUALIFIERS} FX!15-15 D6! TM!4 FX!1 \
ID!=00501 N0!9-9+ ID!=0/1 ID!=P/T FX!1
ISA GS ! 0 : ID!=HC AN!2-15 AN!2-15 DT! TM!4-8 N0!1-9+ ID!=X ID!=005010X222A1
header ST ! 1 : ID!=837 AN!4-9+ ID!=005010X222A1
ISA SE ! 0 : N0!10+ AN!4-9+
ISA GE ! 0 : N0!6+ N0!9+
ISA IEA ! 1 : N0!5+ N0!9+
header BHT=0019 ! 1 : ID!=0019 ID!=00/18 AN!30 DT! TM!4-8 ID!=CH/RP/31
1000A NM1=41 ! 1 : ID!=41 ID!=1/2 AN!60 ~AN35 ~AN25 - - ID!=46 AN!2-80 P0809
1000A PER=IC ! 2 : ID!=IC AN!60 ID!=TE/EM/~FX AN!256 {CONTACT} ~ID=TE/EM/FX/EX ~AN256 P0304 P0506 P0708
1000B NM1=40 ! 1 : ID!=40 {COMPANY} ID!=46 AN!2-80 P0809
2000A HL ! 1 : N0!12+ - ID!=20 ID!=1
2000A PRV=BI . 1 : ID!=BI ID!=PXC TAXONOMY!
2010AA NM1=85 ! 1 : ID!=85 {ANYBODY} ID!=XX NPI! P0809
2010AA N3 ! 1 : {STREET}
2010AA N4 ! 1 : {CITY}
2010AA REF=EI/SY ! 1 : ID!=EI/SY TAX!
2010AB NM1=87 ! 1 : ID!=87 ID!=1/2
2010AB N3 ! 1 : {STREET}
2010AB N4 ! 1 : {CITY}
2000B HL ! 1 : N0!12+ N0!12+ ID!=22 ID!=0/1
2000B SBR ! 1 : ID!={RANKS} ID?self=18 AN50 AN60 ID?medicare={MEDICARE_TYPES} - - - ID!={FILING}
2010BA NM1=IL ! 1 : ID!=IL {MEMBER}
2010BA N3 ?city 1 : {STREET}
2010BA N4 ?street 1 : {CITY}
2010BA DMG=D8 ?self 1 : {BORN}
2010BB NM1=PR ! 1 : ID!=PR {INSURER}
2010BB N3 ?city 1 : {STREET}
2010BB N4 ?street 1 : {CITY}
2000C HL ! 1 : N0!12+ N0!12+ ID!=23 ID!=0
2000C PAT ! 1 : ID!={RELATIONS} - - - ~ID=D8 ~DT ~ID=01 ~R10 ~ID=Y
2010CA NM1=QC ! 1 : ID!=QC {PERSON}
2010CA N3 ! 1 : {STREET}
2010CA N4 ! 1 : {CITY}
2010CA DMG=D8 ! 1 : {BORN}
2300 CLM ! 1 : AN!20 R!1-11+ - - POS!:ID!=B:{FREQUENCY} ID!=Y/N ID!=A/B/C ID!=Y/N/W ID!=Y/I ID=P \
?accident&ID!=AA/EM/OA:ID=AA/EM/OA:-:STATE?auto:~ID2-3 ~ID=02/03/05/09 - - - - - - - \
ID=1/2/3/4/5/6/7/8/9/10/11/15
2300 DTP=439 ?dated 1 : ID!=439 ID!=D8 DT!
2300 AMT=F5 . 1 : ID!=F5 R!1-11
2300 REF=9F . 1 : ID!=9F AN!50
2300 REF=G1 . 1 : ID!=G1 AN!50
2300 REF=F8 ?replaces 1 : ID!=F8 AN!50
2300 NTE . 1 : ID!=ADD/~CER/~DCP/~DGN/~TPO AN!80
2300 HI=ABK ! 1 : ID!=ABK:DX!{" ?pointed&ID!=ABF:DX!" * 11}
2310A NM1=DN . 1 : ID!=DN {CLINICIAN}
2310B NM1=82 . 1 : ID!=82 {ANYBODY} ID!=XX NPI! P0809
2310B PRV=PE . 1 : ID!=PE ID!=PXC TAXONOMY!
2310C NM1=77 . 1 : ID!=77 {COMPANY} ID=XX NPI P0809
2310C N3 ! 1 : {STREET}
2310C N4 ! 1 : {CITY}
2310D NM1=DQ . 1 : ID!=DQ {CLINICIAN}
2320 SBR . 1 : ID!={RANKS} ID!={RELATIONS}/18 AN50 AN60 ID={MEDICARE_TYPES} - - - ID!={FILING}
2320 CAS . 5 : ID!=CO/CR/OA/PI/PR CARC! R!+ R {REASON} {REASON} {REASON} {REASON} {REASON} \
P0506 P0809 P1112 P1415 P1718
2320 AMT=D ?earlier 1 : ID!=D R!1-11+
2320 AMT=A8 . 1 : ID!=A8 R!1-11
2320 AMT=EAF . 1 : ID!=EAF R!1-11
2320 OI ! 1 : - - ID!=Y/N/W ~ID=P - ID!=Y/I
2330A NM1=IL ! 1 : ID!=IL {MEMBER}
2330A N3 ?city 1 : {STREET}
2330A N4 ?street 1 : {CITY}
2330B NM1=PR ! 1 : ID!=PR {INSURER}
2330B N3 ?city 1 : {STREET}
2330B N4 ?street 1 : {CITY}
2330B DTP=573 ?undecided 1 : ID!=573 ID!=D8 DT!
2330B REF=F8 . 1 : ID!=F8 AN!50
2400 LX ! 1 : N0!6+
2400 SV1 ! 1 : {SERVICE}:AN80 R!1-11+ ID!=UN/~MJ R!1-6 POS - N0!1-2:{POINTER}:{POINTER}:{POINTER} - ~ID=Y - \
~ID=Y ~ID=Y - - ~ID=0
2400 DTP=472 ! 1 : ID!=472 ID!=D8/RD8 RD!
2400 REF=G1 . 5 : ID!=G1 AN!50 - ~ID=2U:~AN50
2400 REF=9F ~ 5 : ID!=9F AN!50 - ~ID=2U:~AN50
2400 REF=6R . 1 : ID!=6R AN!30
2400 NTE=ADD/DCP . 1 : ID!=ADD/~DCP AN!80
2420A NM1=82 . 1 : ID!=82 {ANYBODY} ID!=XX NPI! P0809
2420A PRV=PE . 1 : ID!=PE ID!=PXC TAXONOMY!
2430 SVD . 1 : AN!2-80+ R!1-11+ {SERVICE}:~AN80 - R!1-15 N06
2430 CAS . 5 : ID!=CO/CR/OA/PI/PR CARC! R!+ R {REASON} {REASON} {REASON} {REASON} {REASON} \
P0506 P0809 P1112 P1415 P1718
2430 DTP=573 ! 1 : ID!=573 ID!=D8 DT!
2430 AMT=EAF . 1 : ID!=EAF R!1-11
"""

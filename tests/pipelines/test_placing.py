"""Where many ways of writing a place lie: first what must stay open, then council by council."""

import pytest

from pipelines.location import parse_location
from pipelines.postcodes import is_installed

needs_directory = pytest.mark.skipif(
    not is_installed(), reason="the postcode directory's package is not installed"
)

OPEN = """
Newport; Civic Centre, Newport; Richmond; Bradford Street; Gillingham; Canterbury Street, Gillingham
Whitchurch; Wellington; Stratford; Newcastle; Bangor; Ely; St Ives; Amundsen House, St Ives; Hendon
Rainham; Hayes; Hale; Clapham; Kenton; Waterloo; Blackheath; Swinton; Middleton; Beeston; Clifton
Cheadle; Featherstone; Whitburn; Newbridge; Queensferry; Thornton; Royston; Shirley
"""
"""Namesakes that nothing decides between."""

NOWHERE = """
Little Compton; New Whittington; Upper Langley; Kennet; Carrick; Idle; Worth; From; Steps; Valley
Middlesbrough House; Bridgwater House; Leicester Square; Howden House; Church St 1 2nd Floor
Marston Green; LSI 1UR; S O14 2AA; Tri-borough; County wide; Borough wide; Trust wide
Stay at home; Home/Office
"""
"""No place, or one that no list has."""

SEVERAL = """
Leeds and Bradford; Peterborough & Cambridge; Basildon and Thurrock; Adur and Worthing
Hull and East Riding; Sutton & Merton; Kingston & Richmond; Tower Hamlets / Hackney
Crawley or Horsham; Chichester / Horsham / Worthing; Ipswich, Bury St Edmunds or Lowestoft
County Durham and Darlington; Tameside and Glossop; North East and Cumbria; Sunderland/Durham
East & North Hertfordshire; North and West Northamptonshire; Exeter, East and Mid Devon
Bradford District and Craven; Working between Bath and Bristol; Darlington, Glasgow
Matrix One - Swansea, or Beacon House – Cwmbran, NP44 3AB; Norfolk and Waveney; Hastings and Rother
"""

ABROAD = "Isle of Man; St Helier, Jersey; St Peter Port, Guernsey; Channel Islands"

COUNCILS = {
    "E06000001": "Hartlepool, Co Durham; The Horizon School, Brierton Lane, Hartlepool",
    "E06000004": "Stockton; Norton, Stockton-on-Tees; Preston Farm, Stockton; Wynyard, Billingham",
    "E06000005": "Darlington, County Durham; Town Hall, Darlington",
    "E06000011": "County Hall, Beverley; E Riding of Yorkshire; HMP Full Sutton; Goole",
    "E06000012": "NE Lincs; Grimsby, South Humberside",
    "E06000022": "B&NES; BaNES; Bath & North East Somerset; Keynsham",
    "E06000023": "Easton, Bristol; Clifton, Bristol; South Bristol; Bristol City Centre",
    "E06000024": "Weston super Mare; N Somerset; Worle",
    "E06000025": "S Glos; Yate; Patchway; Downend",
    "E06000033": "Southend; Leigh on Sea",
    "E06000034": "Grays, Essex; Thurrock",
    "E06000035": "Rainham, Kent; Gillingham, Kent; Chatham; Medway Maritime Hospital, Gillingham",
    "E06000045": "SO 14 2AA; so14 2aa; SO142AA",
    "E06000046": "Newport, Isle of Wight; IOW; Ryde; HMP Isle of Wight",
    "E06000047": "Co. Durham; Durham; Durham City; Wear Valley; Stanley, Co Durham; Aykley Heads",
    "E06000049": "Sandbach, Cheshire East; Crewe/Macclesfield/Hybrid; Wilmslow / Handforth",
    "E06000050": "Vale Royal; Northwich; Ellesmere Port, Cheshire",
    "E06000051": "Whitchurch, Shropshire; Wem; North Shropshire; Oswestry; Salop",
    "E06000052": "County Hall, Truro; Truro / Bodmin; Camborne, Pool and Redruth; Penwith; "
    "St Ives, Cornwall",
    "E06000053": "St Mary's, Isles of Scilly; Isles of Scilly",
    "E06000054": "Bradford on Avon; Bulford Camp; County Hall, Trowbridge; Chippenham or Salisbury",
    "E06000055": "Borough Hall, Bedford; Clapham, Bedford",
    "E06000056": "Priory House, Chicksands, Shefford; Central Beds; Mid Bedfordshire; Dunstable",
    "E06000057": "Berwick; Alnwick; Northumberland; Blyth Valley, Northumberland; Hexham/Ponteland",
    "E06000058": "Bournemouth, Christchurch and Poole; Dorset (BCP area); Poole, Dorset; BCP",
    "E06000059": "Gillingham, Dorset; Dorchester, Dorset; Blandford; Weymouth & Portland",
    "E06000060": "Aylesbury Vale; High Wycombe, Bucks; Wycombe; South Bucks; HMP Grendon",
    "E06000061": "Corby, Northants; Kettering; North Northants",
    "E06000062": "Northampton, West Northamptonshire; Daventry; HMP Onley",
    "E06000063": "Carlisle, Cumbria; Allerdale; Workington Library",
    "E06000064": "Kendal, South Lakeland; Barrow & Kendal; South Lakes; Penrith, Cumbria CA11",
    "E06000065": "Scarborough Borough; Richmond, N Yorks; Hambleton and Richmondshire; N Yorks; "
    "St Mary's Primary School, Church Lane, Whitby YO21",
    "E06000066": "Wells, Somerset; Mendip; Taunton Deane; Yeovilton; Street, Somerset",
    "E07000008": "Addenbrookes Hospital, Cambridge; Cambridge",
    "E07000009": "Ely, Cambridgeshire; East Cambs",
    "E07000011": "St Ives, Cambridgeshire; New Shire Hall, Alconbury Weald; Huntingdon",
    "E07000035": "HMP Sudbury; Matlock",
    "E07000063": "County Hall, Lewes",
    "E07000077": "Hatfield Heath; Uttlesford",
    "E07000084": "Whitchurch, Hampshire; Basingstoke & Deane",
    "E07000091": "Based at Lymington Town Hall, SO41; New Forest; Totton",
    "E07000092": "Farnborough; Aldershot",
    "E07000099": "North Herts; North Hertfordshire",
    "E07000105": "Ashford TN23; Ashford, Kent; Kent House, Ashford",
    "E07000112": "Shepway; Folkestone",
    "E07000116": "Royal Tunbridge Wells",
    "E07000119": "Lytham St Annes",
    "E07000144": "Broadland",
    "E07000147": "HMP Bure; Cromer",
    "E07000149": "Wymondham; South Norfolk",
    "E07000172": "Beeston, Nottingham",
    "E07000173": "Civic Centre, Arnold.; Arnold, Nottingham",
    "E07000181": "RAF Brize Norton",
    "E07000195": "Newcastle under Lyme; Newcastle-under-Lyme, Staffs",
    "E07000199": "Broadway, Tamworth; Tamworth",
    "E07000213": "Ashford, Surrey; Ashford, Middx; HMP Bronzefield",
    "E07000221": "Stratford upon Avon; Stockton, Warwickshire",
    "E07000223": "Shoreham; Adur",
    "E07000242": "Ware, Herts; County Hall, Hertford",
    "E07000244": "Suffolk Coastal; Waveney; Lowestoft",
    "E07000245": "St Edmundsbury; Bury St. Edmunds; Forest Heath",
    "E08000003": "Rusholme; Oxford Street, Manchester; Central Manchester",
    "E08000005": "Middleton, Manchester; HMP Buckley Hall",
    "E08000006": "MediaCity; Swinton, Salford; Worsley",
    "E08000009": "Altrincham, Cheshire; Hale, Altrincham; Sale, Manchester",
    "E08000010": "Leigh, Lancashire; Standish",
    "E08000017": "HMP Hatfield; HMP & YOI Doncaster",
    "E08000018": "Swinton, Rotherham",
    "E08000022": "North Tyneside, Quadrant; Dudley, Northumberland; Cullercoats",
    "E08000024": "Doxford International, Sunderland; Washington, Tyne and Wear",
    "E08000025": "Sutton Coldfield, Warwickshire; South Birmingham",
    "E08000029": "Shirley, Solihull; Chelmsley Wood",
    "E08000034": "Bradford Road, Batley; North Kirklees; Slaithwaite",
    "E08000035": "LS1-1UR; ls1 1ur; Middleton, Leeds; Beeston, Leeds; Merrion House, Leeds",
    "E08000037": "Team Valley, Gateshead; Low Fell; Dunston NE11",
    "E09000005": "Brent Civic Centre; Neasden; Wembley",
    "E09000008": "Croydon, Surrey; Shirley, Croydon; Boroughwide - Croydon; New Addington",
    "E09000012": "LB Hackney; Hackney, London; London Borough of Hackney; Hoxton",
    "E09000016": "Rainham, Essex; Romford, Essex; Harold Hill",
    "E09000017": "Hayes, Middlesex; Civic Centre, Uxbridge; Heathrow",
    "E09000020": "Kensington; Kensington Town Hall, Hornton Street; Kensington & Chelsea",
    "E09000021": "Agile – Kingston upon Thames; Kingston; Surbiton",
    "E09000022": "Clapham, London; Tulse Hill; Brixton",
    "E09000025": "Stratford, London; Forest Gate; Canning Town",
    "E09000027": "Richmond TW9; Richmond, Surrey; Richmond, London; Richmond upon Thames",
    "E09000029": "Sutton; Sutton, Surrey",
    "E09000030": "Mile End; Tower Hamlets; Canary Wharf",
    "E09000031": "London E17; Walthamstow; E17",
    "E10000003": "Cambs",
    "E10000011": "East Sussex; E Sussex",
    "E10000012": "North East Essex; Mid and South Essex; South West Essex",
    "E10000014": "North East Hampshire; Hants",
    "E10000015": "West Herts; Hertfordshire - West",
    "E10000020": "West & North Norfolk; County Hall, Norfolk",
    "E10000030": "Surrey-wide; Across Surrey",
    "E10000032": "W Sussex; Coastal West Sussex",
    "W06000001": "Ynys Môn; Caergybi; Neuadd y Sir, Llangefni; Anglesey",
    "W06000002": "Bangor, Gwynedd; Ledled Gwynedd; Swyddfa'r Cyngor, Dolgellau",
    "W06000005": "Mold, Flintshire; Yr Wyddgrug; Queensferry, Deeside",
    "W06000009": "Sir Benfro; Hwlffordd; Dinbych-y-pysgod",
    "W06000010": "Sir Gaerfyrddin; Newcastle Emlyn; Ty Elwyn, Llanelli",
    "W06000011": "Abertawe; The Guildhall, Swansea; Mumbles",
    "W06000012": "The Quays, Baglan; Castell-nedd Port Talbot",
    "W06000013": "Pen-y-bont ar Ogwr; HMP Parc",
    "W06000014": "Bro Morgannwg; Y Barri",
    "W06000015": "Caerdydd; Whitchurch, Cardiff; Ely, Cardiff; Cathays Park, Cardiff",
    "W06000016": "Rhondda Cynon Taf; Church Village; Aberdâr",
    "W06000018": "Caerffili; Penallta House, Ystrad Mynach; Blackwood, Caerphilly",
    "W06000021": "Sir Fynwy; Usk; County Hall, Usk",
    "W06000022": "Newport NP20; Casnewydd; Cardiff Road, Newport, Gwent",
    "W06000023": "Newtown, Powys; Y Drenewydd; Machynlleth, Powys SY20",
    "S12000006": "Dumfries & Galloway; Stranraer, Wigtownshire",
    "S12000013": "Comhairle nan Eilean Siar; Stornoway, Isle of Lewis; Isle of Barra; South Uist",
    "S12000017": "Inbhir Nis; Portree, Isle of Skye; Fort William",
    "S12000023": "Kirkwall, Orkney; Orkney",
    "S12000026": "Duns, Berwickshire; Newtown St Boswells",
    "S12000027": "Lerwick; Unst, Shetland",
    "S12000034": "Westhill, Aberdeenshire; Banchory",
    "S12000035": "Bowmore, Islay; Isle of Tiree; Oban, Argyll",
    "S12000040": "Whitburn, West Lothian",
    "S12000049": "Glaschu; Atlantic Quay, Glasgow; Gorbals",
    "N09000003": "Stormont, Belfast; Belfast, County Antrim",
    "N09000004": "Dalriada School, Ballymoney, Co Antrim; Coleraine",
    "N09000005": "Derry/Londonderry; Londonderry; Strabane",
    "N09000010": "Newcastle, Co Down; Newry",
    "N09000011": "Bangor, Co Down; Bangor, Northern Ireland",
}


def pieces(texts: str) -> list[str]:
    return [each.strip() for line in texts.strip().splitlines() for each in line.split(";")]


@pytest.mark.parametrize("text", pieces(OPEN))
def test_a_namesake_that_nothing_decides_stays_open(text: str) -> None:
    read = parse_location(text)
    assert (read.authority, read.place) == (None, None)
    assert {flag.name for flag in read.flags} <= {"location_ambiguous", "location_unresolved"}
    assert read.flags


@pytest.mark.parametrize("text", pieces(NOWHERE))
def test_what_names_no_known_place_is_nowhere(text: str) -> None:
    read = parse_location(text)
    assert (read.authority, read.place, read.region, read.postcode) == (None, None, None, None)
    assert [flag.name for flag in read.flags] == ["location_unresolved"]


@pytest.mark.parametrize("text", pieces(SEVERAL))
def test_several_places_have_no_one_council(text: str) -> None:
    read = parse_location(text)
    assert (read.multi, read.authority, read.place) == (True, None, None)


@pytest.mark.parametrize("text", pieces(ABROAD))
def test_a_place_outside_the_country_is_no_namesake_within(text: str) -> None:
    read = parse_location(text, "Kent County Council")
    assert (read.authority, read.region, read.country) == (None, None, None)


def needs(text: str) -> bool:
    """Whether the postcode directory is needed to read a text: a postcode is what decides."""
    return is_installed() or not any(each.isdigit() for each in text)


@pytest.mark.parametrize(
    ("text", "authority"),
    [(text, code) for code, texts in COUNCILS.items() for text in pieces(texts) if needs(text)],
)
def test_a_place_lies_in_its_council(text: str, authority: str) -> None:
    read = parse_location(text)
    assert read.authority == authority
    assert [flag.name for flag in read.flags] == []


@pytest.mark.parametrize(
    ("text", "employer", "authority"),
    [
        ("Ashford", "East Kent Hospitals University NHS Foundation Trust", "E07000105"),
        ("Gillingham", "Dorset HealthCare University NHS Foundation Trust", "E06000059"),
        ("Gillingham", "Kent and Medway NHS and Social Care Partnership Trust", "E06000035"),
        ("St Ives", "Cornwall Partnership NHS Foundation Trust", "E06000052"),
        ("St Ives", "Cambridgeshire Community Services NHS Trust", "E07000011"),
        ("Newcastle", "Newcastle upon Tyne Hospitals NHS Foundation Trust", "E08000021"),
        ("Newcastle", "Newcastle-under-Lyme Borough Council", "E07000195"),
        ("Whitchurch", "Shropshire Community Health NHS Trust", "E06000051"),
        ("Bangor", "South Eastern Health and Social Care Trust", "N09000011"),
        ("Kingswood", "South Gloucestershire Council", "E06000025"),
        ("Holywell", "Cyngor Sir y Fflint", "W06000005"),
        ("Blackwood", "Caerphilly County Borough Council", "W06000018"),
        ("Swinton", "Salford City Council", "E08000006"),
        ("Richmond", "East London NHS Foundation Trust", "E09000027"),
    ],
)
def test_an_employers_name_decides_between_namesakes(
    text: str, employer: str, authority: str
) -> None:
    assert parse_location(text, employer).authority == authority


def test_a_trusts_area_decides_between_namesakes_and_never_stands_in() -> None:
    read = parse_location("Ward 4", "Dorset HealthCare University NHS Foundation Trust")
    assert (read.authority, read.region) == (None, None)


@needs_directory
def test_a_town_written_with_a_postcode_elsewhere_lies_where_the_postcode_does() -> None:
    assert parse_location("Leeds, NE4 7YB").authority == "E08000021"


@pytest.mark.parametrize(
    ("text", "region"),
    [("Blyth, Nottinghamshire", "East Midlands"), ("Leeds, Kent", "South East")],
)
def test_a_town_is_not_the_village_of_that_name_in_a_far_county(text: str, region: str) -> None:
    read = parse_location(text)
    assert (read.multi, read.authority, read.region) == (False, None, region)
    assert [flag.name for flag in read.flags] == ["location_unresolved"]


@needs_directory
def test_names_around_one_postcode_are_one_address() -> None:
    read = parse_location("DE&S MOD Abbey Wood, Filton, Bristol, BS34 8JH")
    assert (read.multi, read.authority) == (False, "E06000025")

import pytest

from nex_assets.agent_frameworks import Toolbox

NAMES = {
    "retail": "find_customer get_customer list_orders get_order cancel_order return_order place_order",
    "travel": "find_passenger list_bookings get_booking search_flights book_flight cancel_booking",
    "helpdesk": "find_employee get_ticket list_tickets create_ticket assign_ticket close_ticket get_asset",
    "sqlite": "read_query write_query create_table list_tables describe_table append_insight",
    "git": "git_status git_diff_unstaged git_diff git_commit git_add git_log git_show git_create_branch",
    "filesystem": "read_text_file write_file edit_file create_directory list_directory search_files",
    "time": "get_current_time convert_time",
}


@pytest.fixture(scope="session")
def toolbox() -> Toolbox:
    return Toolbox(f"{server}__{tool}" for server, tools in NAMES.items() for tool in tools.split())

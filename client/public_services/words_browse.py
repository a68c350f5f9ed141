"""Words of browsing the catalogue."""

VI = {
    "public_services.who_citizen": "Người dân",
    "public_services.who_business": "Doanh nghiệp",
    "public_services.browse_events_citizen": "Việc trong đời sống",
    "public_services.browse_events_business": "Việc của doanh nghiệp",
    "public_services.browse_events_all": "Xem tất cả {n} việc",
    "public_services.browse_fields": "Theo lĩnh vực",
    "public_services.browse_fields_all": "Xem tất cả {n} lĩnh vực",
    "public_services.browse_where": "Theo nơi giải quyết, cách nộp",
    "public_services.chip_count": "{name} ({n})",
    "public_services.life_event": "Việc",
    "public_services.filter_remove": "Bỏ lọc {name}",
    "public_services.who": "Tìm cho",
}

EN = {
    "public_services.who_citizen": "Citizens",
    "public_services.who_business": "Businesses",
    "public_services.browse_events_citizen": "Life events",
    "public_services.browse_events_business": "Business events",
    "public_services.browse_events_all": "Show all {n}",
    "public_services.browse_fields": "By field",
    "public_services.browse_fields_all": "Show all {n} fields",
    "public_services.browse_where": "By office and way of filing",
    "public_services.chip_count": "{name} ({n})",
    "public_services.life_event": "Event",
    "public_services.filter_remove": "Remove the filter {name}",
    "public_services.who": "On behalf of",
}

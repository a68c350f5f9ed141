"""Words of how a question was understood."""

VI = {
    "public_services.understood": "Kết quả cho: {q}",
    "public_services.scope": "Chưa thấy thủ tục nào đúng với câu hỏi này",
    "public_services.scope_why": "Thử nói ngắn hơn, ví dụ “khai sinh”, hoặc gọi hỏi.",
    "public_services.alike": "Xem các thủ tục gần giống",
    "public_services.which": "Có mấy thủ tục về {name}",
    "public_services.which_why": "Chọn trường hợp đúng với việc cần làm:",
    "public_services.door_report": "Gửi phản ánh",
    "public_services.door_hotlines": "Số điện thoại cần gọi",
    "public_services.door_dossiers": "Tra cứu hồ sơ",
    "public_services.door_places": "Xã tôi bây giờ là gì?",
    "public_services.door_offices": "Giờ làm việc và địa chỉ",
    "public_services.door_news": "Xem tin tức",
}

EN = {
    "public_services.understood": "Results for: {q}",
    "public_services.scope": "No procedure seems to answer this",
    "public_services.scope_why": "Try fewer words, such as “khai sinh”, or call.",
    "public_services.alike": "Show similar procedures",
    "public_services.which": "There are several procedures: {name}",
    "public_services.which_why": "Choose the one that fits:",
    "public_services.door_report": "Send a report",
    "public_services.door_hotlines": "Numbers to call",
    "public_services.door_dossiers": "Look up a dossier",
    "public_services.door_places": "What is my commune now?",
    "public_services.door_offices": "Opening hours and addresses",
    "public_services.door_news": "Read the news",
}

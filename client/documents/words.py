"""Words of the screens of documents."""

from client.core.text import Language, Words

VI = {
    "documents.title": "Văn bản",
    "documents.one": "Văn bản",
    "documents.search": "Tìm số hiệu, nội dung văn bản…",
    "documents.every_kind": "Tất cả",
    "documents.any": "Tất cả",
    "documents.number": "Số hiệu",
    "documents.kind": "Loại văn bản",
    "documents.agency": "Cơ quan ban hành",
    "documents.year": "Năm",
    "documents.issued_on": "Ngày ban hành",
    "documents.field": "Lĩnh vực",
    "documents.sample": "Dữ liệu minh họa",
    "documents.open": "Xem toàn văn",
    "documents.open_file": "Tải toàn văn",
    "documents.national": "Tra ở kho văn bản quốc gia",
    "documents.no_text": "Chưa có toàn văn ở đây. Sao chép số hiệu rồi tra ở kho văn bản quốc gia, "
    "hoặc hỏi cơ quan ban hành.",
    "documents.copy": "Sao chép số hiệu",
    "documents.copied": "Đã sao chép số hiệu",
    "documents.empty": "Chưa có văn bản nào",
    "documents.empty_why": "Văn bản mới của địa phương sẽ hiện ở đây.",
    "documents.none": "Không có văn bản nào như vậy",
    "documents.none_why": "Thử gõ riêng số hiệu, ví dụ 685, hoặc bỏ bớt lựa chọn.",
    "documents.show_all": "Xem tất cả văn bản",
}

EN = {
    "documents.title": "Documents",
    "documents.one": "Document",
    "documents.search": "Search a number or words…",
    "documents.every_kind": "All",
    "documents.any": "All",
    "documents.number": "Number",
    "documents.kind": "Kind",
    "documents.agency": "Issued by",
    "documents.year": "Year",
    "documents.issued_on": "Issued on",
    "documents.field": "Field",
    "documents.sample": "Sample data",
    "documents.open": "Read the text",
    "documents.open_file": "Download the text",
    "documents.national": "Search the national database",
    "documents.no_text": "The text is not here. Copy the number and look in the national database of legal documents, "
    "or ask whoever issued it.",
    "documents.copy": "Copy the number",
    "documents.copied": "Number copied",
    "documents.empty": "No documents yet",
    "documents.empty_why": "New local documents appear here.",
    "documents.none": "No document like that",
    "documents.none_why": "Try the number alone, such as 685, or fewer choices.",
    "documents.show_all": "Show all documents",
}

WORDS: Words = {Language.VI: VI, Language.EN: EN}

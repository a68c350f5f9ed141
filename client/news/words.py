"""Words of the news feature."""

from client.core.text import Language, Words

VI = {
    "news.documents": "Văn bản",
    "news.title": "Tin tức",
    "news.all": "Tất cả",
    "news.search": "Tìm trong tin tức",
    "news.minutes": "{n} phút đọc",
    "news.sample": "Dữ liệu minh họa",
    "news.sample_why": "Bài này được viết để trình diễn. Người, số liệu và sự việc trong bài là giả định.",
    "news.pinned": "Được ghim",
    "news.empty": "Chưa có tin nào ở đây",
    "news.empty_why": "Hãy xem chuyên mục khác.",
    "news.not_found": "Không tìm thấy tin nào có “{q}”",
    "news.not_found_why": "Hãy thử ít từ hơn, hoặc từ khác.",
    "news.show_all": "Xem mọi tin",
    "news.source": "Nguồn: {name}",
    "news.open_source": "Mở bài gốc",
    "news.tags": "Từ khóa",
    "news.copy": "Sao chép liên kết",
    "news.copied": "Đã sao chép liên kết",
    "news.share": "Chia sẻ",
    "news.size": "Cỡ chữ",
    "news.smaller": "Chữ nhỏ hơn",
    "news.larger": "Chữ to hơn",
    "news.more_news": "Tin khác",
    "news.cover": "Ảnh của bài: {title}",
}

EN = {
    "news.documents": "Documents",
    "news.title": "News",
    "news.all": "All",
    "news.search": "Search the news",
    "news.minutes": "{n} min read",
    "news.sample": "Sample data",
    "news.sample_why": "This article was written for the demonstration. Its people, figures and events are made up.",
    "news.pinned": "Pinned",
    "news.empty": "No news here yet",
    "news.empty_why": "Please look under another heading.",
    "news.not_found": "No news found with “{q}”",
    "news.not_found_why": "Try fewer words, or other ones.",
    "news.show_all": "See all news",
    "news.source": "Source: {name}",
    "news.open_source": "Open the original",
    "news.tags": "Tags",
    "news.copy": "Copy link",
    "news.copied": "Link copied",
    "news.share": "Share",
    "news.size": "Text size",
    "news.smaller": "Smaller text",
    "news.larger": "Larger text",
    "news.more_news": "More news",
    "news.cover": "Picture of the article: {title}",
}

WORDS: Words = {Language.VI: VI, Language.EN: EN}

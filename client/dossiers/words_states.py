"""Words of a dossier's ten states: its name, what it means, and what its owner does next."""

VI = {
    "dossiers.state_new": "Mới đăng ký",
    "dossiers.state_received": "Đã tiếp nhận",
    "dossiers.state_not_received": "Không tiếp nhận",
    "dossiers.state_processing": "Đang xử lý",
    "dossiers.state_papers_wanted": "Cần bổ sung giấy tờ",
    "dossiers.state_payment_wanted": "Cần nộp tiền",
    "dossiers.state_withdrawal_asked": "Xin rút hồ sơ",
    "dossiers.state_stopped": "Dừng xử lý",
    "dossiers.state_done": "Đã có kết quả",
    "dossiers.state_returned": "Đã trả kết quả",
    "dossiers.means_new": "Hồ sơ đã gửi, chờ tiếp nhận",
    "dossiers.means_received": "Nơi nhận đã tiếp nhận hồ sơ",
    "dossiers.means_not_received": "Hồ sơ không được tiếp nhận",
    "dossiers.means_processing": "Cơ quan đang giải quyết hồ sơ",
    "dossiers.means_papers_wanted": "Hồ sơ còn thiếu giấy tờ",
    "dossiers.means_payment_wanted": "Có khoản tiền phải nộp",
    "dossiers.means_withdrawal_asked": "Đang làm thủ tục rút hồ sơ",
    "dossiers.means_stopped": "Hồ sơ đã dừng xử lý",
    "dossiers.means_done": "Kết quả đã có, mời đến nhận",
    "dossiers.means_returned": "Kết quả đã trả xong",
    "dossiers.next_new": "Chưa cần làm gì. Cán bộ kiểm tra giấy tờ rồi báo có nhận hồ sơ hay không.",
    "dossiers.next_received": "Chưa cần làm gì. Giữ giấy hẹn để nhận kết quả.",
    "dossiers.next_not_received": "Xem lý do, sửa giấy tờ rồi nộp lại. Chưa rõ thì gọi nơi nhận hồ sơ.",
    "dossiers.next_processing": "Chưa cần làm gì. Đến ngày hẹn mà chưa có kết quả thì gọi nơi nhận hồ sơ.",
    "dossiers.next_late": (
        "Không phải nộp lại. Muốn hỏi vì sao chậm thì gọi nơi nhận hồ sơ; qua ngày hẹn mới mà chưa có thì gọi ngay."
    ),
    "dossiers.next_overdue": "Đã qua ngày hẹn. Gọi nơi nhận hồ sơ để hỏi vì sao chậm và bao giờ có kết quả.",
    "dossiers.next_papers_wanted": (
        "Nộp đủ giấy tờ còn thiếu thì hồ sơ mới được xử lý tiếp. Nộp ở nơi đã nhận hồ sơ; đã nộp trực tuyến thì bổ"
        " sung trên Cổng Dịch vụ công quốc gia."
    ),
    "dossiers.next_payment_wanted": (
        "Nộp theo thông báo của cơ quan, nộp xong hồ sơ được xử lý tiếp. Nộp tại quầy hoặc trên Cổng Dịch vụ công quốc"
        " gia; không chuyển tiền vào tài khoản do người lạ gửi."
    ),
    "dossiers.next_withdrawal_asked": (
        "Mang giấy hẹn và giấy tờ tùy thân đến nơi nhận hồ sơ để lấy lại. Nếu không hề xin rút, gọi ngay nơi nhận."
    ),
    "dossiers.next_stopped": "Không ai xử lý tiếp nữa. Muốn làm lại thì gọi nơi nhận hồ sơ để hỏi cách nộp.",
    "dossiers.next_done": (
        "Mang giấy hẹn và giấy tờ tùy thân đến nơi nhận hồ sơ. Đã chọn nhận qua bưu điện hoặc bản điện tử thì chờ,"
        " không phải đến."
    ),
    "dossiers.next_returned": "Không còn việc gì phải làm. Thấy kết quả ghi sai thì báo ngay nơi trả để sửa.",
}

EN = {
    "dossiers.state_new": "Newly filed",
    "dossiers.state_received": "Received",
    "dossiers.state_not_received": "Not received",
    "dossiers.state_processing": "In progress",
    "dossiers.state_papers_wanted": "Papers wanted",
    "dossiers.state_payment_wanted": "Payment wanted",
    "dossiers.state_withdrawal_asked": "Withdrawal asked",
    "dossiers.state_stopped": "Stopped",
    "dossiers.state_done": "Result ready",
    "dossiers.state_returned": "Result handed over",
    "dossiers.means_new": "The dossier was sent and waits to be received",
    "dossiers.means_received": "The office has received the dossier",
    "dossiers.means_not_received": "The dossier was not received",
    "dossiers.means_processing": "The agency is working on the dossier",
    "dossiers.means_papers_wanted": "Papers are missing",
    "dossiers.means_payment_wanted": "There is something to pay",
    "dossiers.means_withdrawal_asked": "The dossier is being withdrawn",
    "dossiers.means_stopped": "Work on the dossier has stopped",
    "dossiers.means_done": "The result is ready to be collected",
    "dossiers.means_returned": "The result was handed over",
    "dossiers.next_new": "Nothing to do yet. An officer checks the papers and says whether the dossier is received.",
    "dossiers.next_received": "Nothing to do yet. Keep the receipt: the result is given against it.",
    "dossiers.next_not_received": "Read why, correct the papers and file again. Call the office when it is not clear.",
    "dossiers.next_processing": "Nothing to do yet. Call the office if there is no result on the due date.",
    "dossiers.next_late": (
        "No need to file again. Call the office to ask why it is late; call at once if the new date passes too."
    ),
    "dossiers.next_overdue": "The date has passed. Call the office to ask why, and when there will be a result.",
    "dossiers.next_papers_wanted": (
        "Work goes on once the missing papers are there. Hand them in where the dossier was filed; if it was filed"
        " online, add them on the National Public Service Portal."
    ),
    "dossiers.next_payment_wanted": (
        "Pay as the agency's notice says, then work goes on. Pay at the counter or on the National Public Service"
        " Portal; never to an account that a stranger sends."
    ),
    "dossiers.next_withdrawal_asked": (
        "Bring the receipt and an identity paper to the office to take the dossier back. Call the office at once if"
        " you never asked for this."
    ),
    "dossiers.next_stopped": "Nobody works on it any more. Call the office to learn how to file again.",
    "dossiers.next_done": (
        "Bring the receipt and an identity paper to the office. If you chose post or an electronic copy, wait at home."
    ),
    "dossiers.next_returned": "Nothing is left to do. If the result holds a mistake, tell the office at once.",
}

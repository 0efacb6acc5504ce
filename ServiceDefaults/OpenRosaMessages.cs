namespace BetterConnections.ServiceDefaults;

/// <summary>
/// What the person at the phone reads, in Arabic; in English it is the refusal's own sentence. Written for field staff: what
/// happened to the interview and what to do now.
/// </summary>
internal static class OpenRosaMessages
{
    private const string Otherwise = "تعذّر تنفيذ الطلب. الاستمارة باقية على الهاتف؛ حاول مرة أخرى أو أبلغ مكتب البرنامج.";

    private static readonly Dictionary<string, string> Arabic = new()
    {
        ["submit_success"] = "شكراً. تم استلام الاستمارة.",
        ["submit_incomplete"] = "تم استلام جزء من الاستمارة. بقية الملفات مطلوبة.",
        ["collector_not_permitted"] = "هذا الرابط غير معروف أو انتهت صلاحيته أو أُلغي. اطلب رمزاً جديداً من مكتب البرنامج.",
        ["form_not_permitted"] = "لا يُسمح لهذا الجهاز بإرسال هذه الاستمارة.",
        ["facility_not_permitted"] = "لا يُسمح لهذا الجهاز بالإرسال عن هذا المرفق. تحقق من المرفق أو أبلغ مكتب البرنامج.",
        ["form_unknown"] = "هذه الاستمارة غير معروفة هنا.",
        ["form_version_unknown"] = "هذا الإصدار من الاستمارة غير معروف هنا. حدّث الاستمارات على الهاتف.",
        ["form_closed"] = "هذه الاستمارة مغلقة ولا تقبل إجابات جديدة.",
        ["submission_differs"] = "توجد استمارة بهذا الرقم بمحتوى مختلف. لم يتغير شيء.",
        ["submission_deleted"] = "حُذفت هذه الاستمارة على الخادم ولا يمكن إرسالها مرة أخرى.",
        ["edited_submission_unknown"] = "الاستمارة التي تعدّلها هذه غير معروفة هنا.",
        ["edited_submission_superseded"] = "عُدّلت هذه الاستمارة من قبل. افتح أحدث نسخة منها وعدّلها.",
        ["edited_submission_incomplete"] = "لم تصل بعد كل ملفات النسخة التي تعدّلها هذه الاستمارة. أرسل تلك النسخة أولاً.",
        ["submission_missing"] = "لا تحتوي الرسالة على استمارة.",
        ["submission_more_than_one"] = "تحتوي الرسالة على أكثر من استمارة.",
        ["multipart_not_readable"] = "الرسالة تالفة أو ناقصة. أرسلها مرة أخرى.",
        ["xml_not_readable"] = "الاستمارة تالفة ولا يمكن قراءتها.",
        ["xml_media_type"] = "نوع ملف الاستمارة غير مقبول.",
        ["form_id_missing"] = "لا تذكر الاستمارة رقم نموذجها.",
        ["instance_id_not_valid"] = "رقم الاستمارة غير صالح.",
        ["attachment_name_not_valid"] = "اسم أحد الملفات المرفقة غير صالح.",
        ["attachment_type_not_taken"] = "أحد الملفات ليس من النوع المذكور، أو ليس صورة أو تسجيلاً أو سجلاً.",
        ["file_unknown"] = "هذا الملف غير موجود هنا.",
        ["request_too_large"] = "الرسالة أكبر من الحد المسموح.",
        ["request_not_readable"] = "تعذّرت قراءة الرسالة. أرسلها مرة أخرى.",
        ["rate_limited"] = "طلبات كثيرة جداً. انتظر قليلاً ثم حاول مرة أخرى.",
        ["unsupported_media_type"] = "نوع المحتوى غير مقبول؛ المطلوب multipart/form-data.",
        ["not_found"] = "العنوان غير موجود. تحقق من إعدادات الخادم على الهاتف.",
        ["method_not_allowed"] = "هذا العنوان لا يقبل هذا النوع من الطلبات.",
        ["openrosa_version_unknown"] = "يدعم هذا الخادم الإصدار 1.0 من OpenRosa فقط.",
        ["service_unavailable"] = "الخدمة غير متاحة الآن. الاستمارة باقية على الهاتف؛ حاول لاحقاً.",
        ["database_unavailable"] = "الخدمة غير متاحة الآن. الاستمارة باقية على الهاتف؛ حاول لاحقاً.",
        ["disk_full"] = "لا مكان للملف على الخادم الآن. الاستمارة باقية على الهاتف؛ حاول لاحقاً.",
        ["gateway_timeout"] = "استغرقت الخدمة وقتاً طويلاً. أرسل الاستمارة مرة أخرى؛ لن تُحسب مرتين.",
        ["bad_gateway"] = "انقطع الاتصال بالخدمة. أرسل الاستمارة مرة أخرى؛ لن تُحسب مرتين.",
        ["internal_server_error"] = "حدث خطأ في الخادم. الاستمارة باقية على الهاتف؛ حاول لاحقاً.",
    };

    public static bool HasLanguage(string code) => code is "en" or "ar";

    /// <summary>Null where the English sentence serves.</summary>
    public static string? For(string code, string language) => language == "ar" ? Arabic.GetValueOrDefault(code, Otherwise) : null;
}

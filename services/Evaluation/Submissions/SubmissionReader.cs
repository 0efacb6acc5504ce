using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BetterConnections.Evaluation.Frame;

namespace BetterConnections.Evaluation.Submissions;

/// <summary>What every instrument calls the things that are not answers.</summary>
public static class FormItems
{
    public const string Start = "start", End = "end", DeviceId = "deviceid";
    /// <summary>The worker's card as scanned; it does not get among the answers.</summary>
    public const string Card = "card";
    /// <summary>The pseudonym that the phone found for the card in <c>workers.csv</c>.</summary>
    public const string Respondent = "respondent";
    /// <summary>Code of the facility.</summary>
    public const string Facility = "facility";

    public static readonly IReadOnlySet<string> NoAnswers = new HashSet<string> { Start, End, DeviceId, Card, Respondent, Facility };
}

/// <summary>Makes a submission of a filled form: who and where out of the items for it, the rest into answers.</summary>
public sealed class SubmissionReader(Pseudonyms pseudonyms, PublishedForms forms)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="ServiceDefaults.BadInput">As <see cref="FilledForm.Parse"/>.</exception>
    public async ValueTask<ReceivedSubmission> ReadAsync(byte[] xml, CancellationToken cancel)
    {
        var form = FilledForm.Parse(xml);
        var answers = form.Values.Where(v => !FormItems.NoAnswers.Contains(v.Key)).ToDictionary();
        var rules = await forms.OfAsync(form.FormId, form.Version, cancel); // of a form that is not known here nothing is stored
        return new(form.FormId, form.Version, form.InstanceId, form.Deprecates, await RespondentAsync(Value(form, FormItems.Card), Value(form, FormItems.Respondent), cancel),
            Value(form, FormItems.Facility), Time(form, FormItems.Start, out var startIsOff), Time(form, FormItems.End, out var endIsOff), Answers(answers), "text/xml", xml)
        {
            DeviceId = Value(form, FormItems.DeviceId),
            HasImpossibleTime = startIsOff || endIsOff,
            Problems = rules?.ProblemsOf(answers) ?? [],
        };
    }

    /// <summary>The card decides where there is one: a phone whose list is old has no pseudonym for a worker who joined today.</summary>
    public async ValueTask<string?> RespondentAsync(string? card, string? pseudonym, CancellationToken cancel) =>
        card is not null ? await pseudonyms.OfAsync(card, cancel) : pseudonym is not null && Pseudonyms.IsOne(pseudonym) ? pseudonym : null;

    private static string? Value(FilledForm form, string item) =>
        form.Values.TryGetValue(item, out var values) && values[0].Trim() is { Length: > 0 } value ? value : null;

    private static DateTimeOffset? Time(FilledForm form, string item, out bool isUnreadable)
    {
        var text = Value(form, item);
        DateTimeOffset? time = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read) ? read.ToUniversalTime() : null;
        isUnreadable = text is not null && time is null;
        return time;
    }

    private static string Answers(IReadOnlyDictionary<string, List<string>> values)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            foreach (var (item, texts) in values)
            {
                json.WritePropertyName(item);
                if (texts.Count > 1) json.WriteStartArray();
                foreach (var text in texts)
                    if (text.Length > 0) json.WriteStringValue(text);
                    else json.WriteNullValue();
                if (texts.Count > 1) json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}

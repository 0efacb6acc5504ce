using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace BetterConnections.Evaluation.Tests.OpenRosa;

/// <summary>What is no submission, or none that can be read: a refusal in XML that says why, and nothing stored.</summary>
public class BadSubmissionTests(EvaluationApp evaluation)
{
    [Theory]
    [InlineData("""<data id="bc-worker-baseline" version="1"><meta><instanceID>uuid:1</instanceID></meta>""", "xml_not_readable")]
    [InlineData("not xml at all", "xml_not_readable")]
    [InlineData("", "xml_not_readable")]
    [InlineData("<data version=\"1\"/>", "form_id_missing")]
    [InlineData("""<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><data id="bc-worker-baseline">&b;</data>""", "xml_not_readable")]
    [InlineData("""<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><data id="bc-worker-baseline"><AC1>&x;</AC1></data>""", "xml_not_readable")]
    [InlineData("""<?xml version="1.0" encoding="martian"?><data id="bc-worker-baseline"/>""", "xml_not_readable")]
    [InlineData("""<?xml version="1.0" encoding="utf-7"?><data id="bc-worker-baseline"/>""", "xml_not_readable")]
    public async Task A_form_that_cannot_be_read_is_a_400(string xml, string nature)
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        Assert.Equal((HttpStatusCode.BadRequest, nature), Told(await field.Phone.SubmitAsync(xml)));
    }

    [Fact]
    public async Task A_form_that_is_too_deep_or_too_long_or_has_a_mile_of_id_is_refused()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        Assert.Equal((HttpStatusCode.BadRequest, "xml_not_readable"), Told(await field.Phone.SubmitAsync(
            $"<data id=\"{FieldWork.Baseline}\">{string.Concat(Enumerable.Repeat("<a>", 60))}{string.Concat(Enumerable.Repeat("</a>", 60))}</data>")));
        Assert.Equal((HttpStatusCode.BadRequest, "xml_not_readable"), Told(await field.Phone.SubmitAsync($"<data id=\"{FieldWork.Baseline}\">{string.Concat(Enumerable.Repeat("<a/>", 20_001))}</data>")));
        Assert.Equal((HttpStatusCode.BadRequest, "instance_id_not_valid"), Told(await field.Phone.SubmitAsync((await field.FillAsync(instanceId: new string('x', 250))).Xml)));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "request_too_large"), Told(await field.Phone.SubmitAsync(new string(' ', 5 * 1024 * 1024 + 1))));
    }

    [Fact]
    public async Task A_request_that_is_no_submission_is_told_so_in_xml()
    {
        var phone = (await FieldWork.PrepareAsync(evaluation)).Phone;
        Assert.Equal((HttpStatusCode.BadRequest, "submission_missing"), Told(await phone.PostAsync(new MultipartFormDataContent { { new ByteArrayContent([0xFF, 0xD8, 0xFF]), "photo", "a.jpg" } })));
        Assert.Equal((HttpStatusCode.BadRequest, "submission_more_than_one"), Told(await phone.PostAsync(new MultipartFormDataContent
        {
            { Xml("<a/>", "text/xml"), "xml_submission_file" }, { Xml("<a/>", "text/xml"), "xml_submission_file" },
        })));
        Assert.Equal((HttpStatusCode.BadRequest, "xml_media_type"), Told(await phone.PostAsync(new MultipartFormDataContent { { Xml("{}", "application/json"), "xml_submission_file" } })));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported_media_type"), Told(await phone.PostAsync(new StringContent("<a/>", Encoding.UTF8, "text/xml"))));
        Assert.Equal((HttpStatusCode.BadRequest, "multipart_not_readable"), Told(await phone.PostAsync(Raw("--b\r\nContent-Disposition: form-data; name=\"xml_submission_file\"\r\n\r\n<data"))));
        Assert.Equal((HttpStatusCode.BadRequest, "multipart_not_readable"), Told(await phone.PostAsync(Raw("--b\r\nhello"))));
        Assert.Equal((HttpStatusCode.BadRequest, "multipart_not_readable"), Told(await phone.PostAsync(
            Raw(string.Concat(Enumerable.Range(0, 202).Select(i => $"--b\r\nContent-Disposition: form-data; name=\"f{i}\"\r\n\r\nGIF89a\r\n")) + "--b--\r\n"))));
        Assert.Equal((HttpStatusCode.BadRequest, "attachment_name_not_valid"), Told(await phone.PostAsync(Raw("--b\r\nContent-Disposition: form-data; name=\"..\"\r\n\r\nx\r\n--b--\r\n"))));

        static StringContent Xml(string text, string type) => new(text, Encoding.UTF8, type);
        static ByteArrayContent Raw(string body) =>
            new(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b") } };
    }

    [Fact]
    public async Task What_the_framework_refuses_is_xml_too()
    {
        var field = await FieldWork.PrepareAsync(evaluation);
        foreach (var (method, path, status) in new[]
        {
            (HttpMethod.Get, "/nothing", HttpStatusCode.NotFound), (HttpMethod.Delete, "/submission", HttpStatusCode.NotFound),
            (HttpMethod.Get, $"/forms/{FieldWork.Baseline}/attachments/secret.csv", HttpStatusCode.NotFound), (HttpMethod.Get, "/forms/other.xml", HttpStatusCode.Forbidden),
            (HttpMethod.Get, "/formList?formID=%00", HttpStatusCode.BadRequest),
        })
        {
            var answer = await evaluation.Anonymous().SendAsync(new(method, field.Issued.ServerUrl + path));
            Assert.Equal(status, answer.StatusCode);
            Assert.Equal("text/xml; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        }
    }

    private static (HttpStatusCode, string?) Told(SubmissionAnswer answer) => (answer.Status, answer.Nature);
}

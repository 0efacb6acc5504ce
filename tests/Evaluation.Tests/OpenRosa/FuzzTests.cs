using System.Text;
using BetterConnections.Evaluation.Submissions;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http;

namespace BetterConnections.Evaluation.Tests.OpenRosa;

/// <summary>Damaged requests, the same ones at each run: whatever comes is read or refused with a code, and nothing else is thrown.</summary>
public class FuzzTests
{
    private const string Xml = """
        <?xml version="1.0" encoding="UTF-8"?><data id="bc-worker-baseline" version="2026112201" xmlns:orx="http://openrosa.org/xforms"><start>2026-11-22T09:00:00.000+03:00</start><facility>F0001</facility><card>W-000123-C</card><g><AC1>yes</AC1><AC2/><t><![CDATA[a<b]]> &amp; نص</t></g><orx:meta><orx:instanceID>uuid:f9558682-1a2d-4a19-ba71-4ca1027401a9</orx:instanceID></orx:meta></data>
        """;

    private static readonly string[] Splices =
        ["<!DOCTYPE a [", "<!ENTITY x SYSTEM \"file:///etc/passwd\">", "&x;", "]]>", "<![CDATA[", "<?xml version=\"1.0\" encoding=\"utf-16\"?>", "\0", "&#0;", "&#x110000;", "\uFEFF", "--b", "--b--", "\r\n\r\n",
            "Content-Disposition: form-data; name=\"*isIncomplete*\"\r\n\r\nyes", "Content-Type: text/xml; charset=utf-7", "filename*=UTF-8''%ff%00", "<a xmlns:a=\"", "</data>", "<data id=\"\">", "%", "\"", "Content-Disposition: form-data\r\n"];

    [Fact]
    public void Every_damaged_form_is_read_or_refused()
    {
        var (random, original, read) = (new Random(860), Encoding.UTF8.GetBytes(Xml), 0);
        for (var i = 0; i < 20_000; i++)
            try
            {
                FilledForm.Parse(Damage(original, random));
                read++;
            }
            catch (BadInput refused)
            {
                Assert.Contains(refused.Code, new[] { "xml_not_readable", "form_id_missing", "instance_id_not_valid" });
            }
        Assert.InRange(read, 500, 19_500); // both ways were gone
    }

    [Fact]
    public async Task Every_damaged_request_is_read_or_refused()
    {
        var (random, read, refusals) = (new Random(1100), 0, new HashSet<string>());
        var original = Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: form-data; name=\"xml_submission_file\"; filename=\"submission.xml\"\r\nContent-Type: text/xml\r\n\r\n{Xml}\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"صورة.jpg\"; filename=\"صورة.jpg\"\r\nContent-Type: image/jpeg\r\n\r\nGIF89a\r\n--b\r\nContent-Disposition: form-data; name=\"*isIncomplete*\"\r\n\r\nyes\r\n--b--\r\n");
        for (var i = 0; i < 5_000; i++)
        {
            var http = new DefaultHttpContext { Request = { ContentType = i % 50 == 0 ? $"multipart/form-data; boundary={new string('b', i / 10)}" : "multipart/form-data; boundary=b" } };
            http.Request.Body = new MemoryStream(Damage(original, random));
            try
            {
                await using var upload = await SubmissionUpload.ReadAsync(http.Request, CancellationToken.None);
                FilledForm.Parse(upload.Xml);
                read++;
            }
            catch (Refusal refused)
            {
                Assert.InRange(refused.Status, 400, 499);
                refusals.Add(refused.Code);
            }
        }
        Assert.InRange(read, 200, 4_800);
        Assert.Superset(new HashSet<string> { "multipart_not_readable", "submission_missing", "xml_not_readable" }, refusals);
    }

    [Fact]
    public async Task What_is_larger_than_advertised_is_cut_off()
    {
        var body = new Endless(Encoding.UTF8.GetBytes("--b\r\nContent-Disposition: form-data; name=\"photo.gif\"\r\n\r\nGIF89a"));
        var http = new DefaultHttpContext { Request = { ContentType = "multipart/form-data; boundary=b", Body = body } };

        var refused = await Assert.ThrowsAsync<Refused>(() => SubmissionUpload.ReadAsync(http.Request, CancellationToken.None));

        Assert.Equal((413, "request_too_large"), (refused.Status, refused.Code));
        Assert.InRange(body.Given, ServiceDefaults.OpenRosa.LargestRequest, ServiceDefaults.OpenRosa.LargestRequest + 1024 * 1024);
    }

    /// <summary>A beginning, and zeros for as long as somebody reads.</summary>
    private sealed class Endless(byte[] beginning) : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default)
        {
            buffer.Span.Clear();
            if (Given == 0) beginning.CopyTo(buffer.Span);
            Given += buffer.Length;
            return new(buffer.Length);
        }
    }

    /// <summary>One to four of: bytes changed, cut out, doubled, or something nasty put in.</summary>
    private static byte[] Damage(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1 when bytes.Count > length: bytes.RemoveRange(at, length); break;
                case 2: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 3: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)])); break;
                case 4 when random.Next(4) == 0 && at > 0: bytes.RemoveRange(at, bytes.Count - at); break;
            }
        }
        return [.. bytes];
    }
}

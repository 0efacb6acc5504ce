using System.Diagnostics;
using System.Net;
using System.Text;
using BetterConnections.Contracts;
using BetterConnections.Postgres;
using BetterConnections.Testing;
using BetterConnections.Training.Certificates;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Tests.Certificates;

public class PublicCertificateTests(TrainingApp training)
{
    private async Task<HttpResponseMessage> GetAsync(Guid id, string accept, string? language = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/training/public/certificates/{id}");
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (language is not null) request.Headers.TryAddWithoutValidation("Accept-Language", language);
        return await training.Anonymous().SendAsync(request);
    }

    [Fact]
    public async Task Anyone_with_its_address_reads_it_in_the_form_asked_for()
    {
        var certificate = await training.CertifiedAsync(validMonths: 12);

        var facts = await (await GetAsync(certificate.Id, "application/json")).ReadAsync<CheckedCertificate>();
        Assert.Equal((CertificateState.Valid, certificate.Holder, certificate.ValidUntil), (facts.State, facts.Holder, facts.ValidUntil));
        Assert.Equal(certificate.Credential, await (await GetAsync(certificate.Id, "text/plain")).Content.ReadAsStringAsync());
        Assert.Equal("text/plain", (await GetAsync(certificate.Id, "text/plain")).Content.Headers.ContentType!.MediaType);

        var english = await (await GetAsync(certificate.Id, "text/html")).Content.ReadAsStringAsync();
        Assert.Contains("lang=\"en\" dir=\"ltr\"", english);
        Assert.Contains("This certificate is valid.", english);
        Assert.Contains(certificate.Holder, english);
        var arabic = await GetAsync(certificate.Id, "text/html", "ar-QA, en;q=0.5");
        Assert.Equal("ar", Assert.Single(arabic.Content.Headers.ContentLanguage));
        Assert.Contains("lang=\"ar\" dir=\"rtl\"", await arabic.Content.ReadAsStringAsync());
        Assert.Contains("هذه الشهادة صالحة", await arabic.Content.ReadAsStringAsync());

        await training.Anonymous().GetAsync($"/api/training/public/certificates/{Guid.NewGuid()}").RefusesAsync(HttpStatusCode.NotFound, "certificate_unknown");
    }

    [Fact]
    public async Task The_pdf_is_read_back_and_its_qr_code_leads_to_the_check()
    {
        var certificate = await training.CertifiedAsync(validMonths: 24, Audience.Volunteers);
        var pdf = await training.Anonymous().GetByteArrayAsync($"/api/training/public/certificates/{certificate.Id}.pdf");
        var folder = Directory.CreateTempSubdirectory("certificate");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "certificate.pdf"), pdf);
            var text = Run(folder, "pdftotext", "-layout", "certificate.pdf", "-");
            Assert.All(["Better Connections", "Certificate", "Test course", certificate.Holder, certificate.ValidUntil!.Value.ToOffset(TimeSpan.FromHours(3)).ToString("yyyy-MM-dd"), "Name, written by the holder"],
                part => Assert.Contains(part, text));
            Run(folder, "pdftoppm", "-r", "150", "-gray", "-png", "-singlefile", "certificate.pdf", "page");
            Assert.Equal($"QR-Code:http://localhost/api/training/public/certificates/{certificate.Id}", Run(folder, "zbarimg", "--nodbus", "--quiet", "page.png").Trim());
        }
        finally { folder.Delete(recursive: true); }
    }

    [Fact]
    public async Task The_database_refuses_to_change_or_delete_what_was_signed_or_to_take_back_a_revocation()
    {
        var certificate = await training.CertifiedAsync();
        async Task Refuses(Func<IQueryable<Certificate>, Task> change)
        {
            var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => training.InDbAsync(db => change(db.Certificates.Where(c => c.Id == certificate.Id))));
            Assert.Equal("23001", refused.SqlState);
        }
        await Refuses(c => c.ExecuteUpdateAsync(s => s.SetProperty(x => x.Credential, "another")));
        await Refuses(c => c.ExecuteUpdateAsync(s => s.SetProperty(x => x.ValidUntil, DateTimeOffset.UnixEpoch)));
        await Refuses(c => c.ExecuteDeleteAsync());
        Assert.True((await training.As(Roles.TrainingPartner).PostAsync($"/api/training/certificates/{certificate.Id}/revoke", new { reason = "A test." })).IsSuccessStatusCode);
        await Refuses(c => c.ExecuteUpdateAsync(s => s.SetProperty(x => x.RevokedAt, (DateTimeOffset?)null)));
    }

    [Fact]
    public async Task The_partner_finds_certificates_and_a_volunteer_only_its_own()
    {
        var volunteer = await training.VolunteerAsync();
        var topic = Classroom.Topic();
        var course = await training.CourseAsync(topic, new(Minutes: 60), Audience.Volunteers, 24);
        await training.AttendAsync(topic, 60, [volunteer.VolunteerId, (await training.VolunteerAsync()).VolunteerId], Audience.Volunteers);
        var own = Assert.Single(await training.CertificatesOfAsync(volunteer.VolunteerId));
        Assert.Equal(volunteer.Number, own.Holder); // what people know the volunteer by

        var partner = training.As(Roles.TrainingPartner);
        Assert.Equal(2, (await partner.GetAsync<Page<CertificateView>>($"/api/training/certificates?course={course.Code}&state=Valid")).Items.Count);
        Assert.Empty((await partner.GetAsync<Page<CertificateView>>($"/api/training/certificates?course={course.Code}&state=Expired")).Items);
        Assert.Equal(own.Id, Assert.Single((await partner.GetAsync<Page<CertificateView>>($"/api/training/certificates?holder={own.Holder}")).Items).Id);
        Assert.Equal(own.Id, Assert.Single(await training.As(Roles.Volunteer, subject: volunteer.Account).GetAsync<List<CertificateView>>("/api/training/certificates/mine")).Id);
        await training.As(Roles.Volunteer).GetAsync("/api/training/certificates/mine").RefusesAsync(HttpStatusCode.NotFound, "learner_unknown");
        await training.As(Roles.Volunteer).GetAsync("/api/training/certificates").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await partner.GetAsync("/api/training/certificates?limit=201").RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Fact]
    public async Task Nothing_that_leads_to_the_person_is_in_the_credential()
    {
        var certificate = await training.CertifiedAsync();
        var payload = Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(certificate.Credential.Split('.')[1]));
        Assert.DoesNotContain(certificate.Holder, payload);
        Assert.DoesNotContain(certificate.LearnerId.ToString(), payload);
    }

    private static string Run(DirectoryInfo folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}

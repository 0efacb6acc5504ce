using System.Buffers.Text;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.Testing;
using BetterConnections.Training.Certificates;

namespace BetterConnections.Training.Tests.Certificates;

public class OpenBadgeTests(PublishedTrainingApp training) : IClassFixture<PublishedTrainingApp>
{
    private string Public => $"{training.Address}/api/training/public";

    private Task<HttpResponseMessage> VerifyAsync(string jws) =>
        training.Anonymous().PostAsync("/api/training/public/certificates/verify", new StringContent(jws, Encoding.UTF8, "text/plain"));

    [Fact]
    public async Task A_library_nobody_here_wrote_verifies_a_badge_with_the_published_key_and_takes_none_that_was_altered()
    {
        var certificate = await training.CertifiedAsync(validMonths: 24);
        var badge = await training.Anonymous().GetStringAsync($"/api/training/public/certificates/{certificate.Id}.jws");
        var random = new Random(20261122);
        // Not the last sign, whose lowest bits base64 does not use.
        var altered = Enumerable.Range(0, 50).Select(_ => Flipped(badge, random.Next(badge.Length - 1))).ToList();

        var told = JsonSerializer.Deserialize<JsonElement>(await Clients.RunAsync("verify-badge.mjs",
            JsonSerializer.Serialize(new { jwks = $"{Public}/keys", issuer = $"{Public}/issuer", badge, altered })));

        Assert.Equal(0, told.GetProperty("passed").GetInt32());
        var (header, claims, subject) = (told.GetProperty("header"), told.GetProperty("payload"), told.GetProperty("payload").GetProperty("credentialSubject"));
        Assert.Equal(("RS256", "JWT"), (header.GetProperty("alg").GetString(), header.GetProperty("typ").GetString()));
        Assert.StartsWith($"{Public}/keys/", header.GetProperty("kid").GetString());
        Assert.Equal(header.GetProperty("jwk").ToString(), told.GetProperty("named").ToString());
        Assert.Equal(["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"], Strings(claims.GetProperty("@context")));
        Assert.Equal(["VerifiableCredential", "OpenBadgeCredential"], Strings(claims.GetProperty("type")));
        Assert.Equal($"{Public}/certificates/{certificate.Id}", claims.GetProperty("id").GetString());
        Assert.Equal(claims.GetProperty("id").GetString(), claims.GetProperty("jti").GetString());
        Assert.Equal($"{Public}/issuer", claims.GetProperty("iss").GetString());
        Assert.Equal((claims.GetProperty("iss").GetString(), "Better Connections"),
            (claims.GetProperty("issuer").GetProperty("id").GetString(), claims.GetProperty("issuer").GetProperty("name").GetString()));
        Assert.Equal(["Profile"], Strings(claims.GetProperty("issuer").GetProperty("type")));
        Assert.Equal(claims.GetProperty("sub").GetString(), subject.GetProperty("id").GetString());
        Assert.StartsWith("urn:uuid:", claims.GetProperty("sub").GetString());
        Assert.Equal(["AchievementSubject"], Strings(subject.GetProperty("type")));
        Assert.Equal(claims.GetProperty("validFrom").GetDateTimeOffset(), DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("nbf").GetInt64()));
        Assert.Equal(claims.GetProperty("validUntil").GetDateTimeOffset(), DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64()));
        Assert.Equal((certificate.IssuedAt, certificate.ValidUntil), (claims.GetProperty("validFrom").GetDateTimeOffset(), claims.GetProperty("validUntil").GetDateTimeOffset()));
        Assert.Equal(certificate.IssuedAt.AddMonths(24), certificate.ValidUntil);
        var achievement = subject.GetProperty("achievement");
        Assert.Equal(["Achievement"], Strings(achievement.GetProperty("type")));
        Assert.Equal(("Test course", "What it is.", "The holder had to attend at least 60 minutes."),
            (achievement.GetProperty("name").GetString(), achievement.GetProperty("description").GetString(), achievement.GetProperty("criteria").GetProperty("narrative").GetString()));
        Assert.Equal("BitstringStatusListEntry", claims.GetProperty("credentialStatus").GetProperty("type").GetString());

        // Whatever the credential names can be fetched, and says the same.
        using var web = new HttpClient();
        Assert.Equal(achievement.ToString(), (await web.GetAsync<JsonElement>(achievement.GetProperty("id").GetString()!)).ToString());
        Assert.Equal(claims.GetProperty("issuer").ToString(), (await web.GetAsync<JsonElement>(claims.GetProperty("iss").GetString()!)).ToString());
        Assert.Equal("certificate_valid", (await web.GetAsync<JsonElement>(claims.GetProperty("id").GetString()!)).GetProperty("code").GetString());

        foreach (var one in altered) await VerifyAsync(one).RefusesAsync(HttpStatusCode.UnprocessableEntity, "certificate_altered");
        Assert.Equal("certificate_valid", (await (await VerifyAsync(badge)).ReadAsync<CheckedCertificate>()).Code);
    }

    [Fact]
    public async Task The_unused_bits_at_the_end_of_base64_are_an_alteration_here_too()
    {
        var badge = (await training.CertifiedAsync()).Credential;
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        foreach (var altered in new[] { badge[..^1] + alphabet[alphabet.IndexOf(badge[^1]) ^ 1], badge + "=", badge.Replace(".", " ."), badge[..badge.LastIndexOf('.')] + ".", "not.a.badge", "" })
            await VerifyAsync(altered).RefusesAsync(HttpStatusCode.UnprocessableEntity, "certificate_altered");
    }

    [Fact]
    public async Task A_badge_signed_with_a_key_of_the_forgers_own_in_its_header_is_refused()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        var forger = new Training.Certificates.Keys.IssuerKey(rsa);
        var badge = await training.CertifiedAsync();
        var kid = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(badge.Credential.Split('.')[0])).GetProperty("kid").GetString()!;
        var payload = System.Text.Json.Nodes.JsonNode.Parse(Base64Url.DecodeFromChars(badge.Credential.Split('.')[1]))!.AsObject();

        await VerifyAsync(Jws.Sign(forger, kid, "JWT", payload)).RefusesAsync(HttpStatusCode.UnprocessableEntity, "certificate_altered");
        await VerifyAsync(Jws.Sign(forger, $"{Public}/keys/{forger.Id}", "JWT", payload)).RefusesAsync(HttpStatusCode.UnprocessableEntity, "certificate_altered");
    }

    [Fact]
    public async Task Revoking_sets_the_bit_in_the_signed_status_list_and_tells_everybody()
    {
        var (kept, revoked) = (await training.CertifiedAsync(), await training.CertifiedAsync());
        Assert.False(await BitAsync(revoked));

        var partner = training.As(Roles.TrainingPartner);
        var path = $"/api/training/certificates/{revoked.Id}/revoke";
        await partner.PostAsync(path, new { reason = "" }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
        await training.As(Roles.Volunteer).PostAsync(path, new { reason = "Not mine to revoke." }).RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal(HttpStatusCode.NoContent, (await partner.PostAsync(path, new { reason = "Attendance was entered for somebody else." })).StatusCode);
        await partner.PostAsync(path, new { reason = "Once more." }).RefusesAsync(HttpStatusCode.Conflict, "certificate_already_revoked");
        await partner.PostAsync($"/api/training/certificates/{Guid.NewGuid()}/revoke", new { reason = "Which one?" }).RefusesAsync(HttpStatusCode.NotFound, "certificate_unknown");

        Assert.True(await BitAsync(revoked));
        Assert.False(await BitAsync(kept));
        await training.Broker.HeardAsync<CertificateRevoked>(e => e.CertificateId == revoked.Id && e.LearnerId == revoked.LearnerId);
        Assert.Equal("certificate_revoked", (await (await VerifyAsync(revoked.Credential)).ReadAsync<CheckedCertificate>()).Code);
        Assert.Equal("certificate_valid", (await (await VerifyAsync(kept.Credential)).ReadAsync<CheckedCertificate>()).Code);
        Assert.Equal(revoked.Credential, await training.Anonymous().GetStringAsync($"/api/training/public/certificates/{revoked.Id}.jws"));
        await training.Anonymous().GetAsync($"/api/training/public/certificates/{revoked.Id}.pdf").RefusesAsync(HttpStatusCode.Conflict, "certificate_revoked");
    }

    /// <summary>As a verifier elsewhere looks it up: by the entry in the credential, the list's signature checked.</summary>
    private async Task<bool> BitAsync(Certificate certificate)
    {
        var entry = Payload(certificate.Credential).GetProperty("credentialStatus");
        using var web = new HttpClient();
        var list = await web.GetAsync(entry.GetProperty("statusListCredential").GetString());
        Assert.Equal("application/vc+jwt", list.Content.Headers.ContentType!.MediaType);
        var jws = await list.Content.ReadAsStringAsync();
        await Clients.RunAsync("verify-badge.mjs", JsonSerializer.Serialize(new { jwks = $"{Public}/keys", issuer = $"{Public}/issuer", badge = jws, altered = Array.Empty<string>() }));
        var subject = Payload(jws).GetProperty("credentialSubject");
        Assert.Equal(("BitstringStatusList", "revocation"), (subject.GetProperty("type").GetString(), subject.GetProperty("statusPurpose").GetString()));
        var encoded = subject.GetProperty("encodedList").GetString()!;
        Assert.Equal('u', encoded[0]);
        using var bits = new MemoryStream();
        await using (var gzip = new GZipStream(new MemoryStream(Base64Url.DecodeFromChars(encoded.AsSpan(1))), CompressionMode.Decompress)) await gzip.CopyToAsync(bits);
        Assert.Equal(131_072 / 8, bits.Length);
        var index = int.Parse(entry.GetProperty("statusListIndex").GetString()!);
        return (bits.ToArray()[index / 8] & (0x80 >> index % 8)) != 0;
    }

    private static JsonElement Payload(string jws) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(jws.Split('.')[1]));

    private static IEnumerable<string?> Strings(JsonElement list) => list.EnumerateArray().Select(s => s.GetString());

    private static string Flipped(string text, int at) => $"{text[..at]}{(char)(text[at] ^ 1)}{text[(at + 1)..]}";
}

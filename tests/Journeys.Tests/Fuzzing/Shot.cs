using System.Net.Http.Headers;

namespace BetterConnections.Journeys.Tests.Fuzzing;

/// <summary>One request, with all that is needed to send it again.</summary>
public sealed record Shot(int Number, Tenant By, Operation Operation, string Method, string Url, IReadOnlyList<(string Name, string Value)> Headers,
    byte[]? Body, string? ContentType, string How, bool MustRefuse)
{
    public async Task<Shooting> FireAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(new HttpMethod(Method), new Uri(http.BaseAddress!.GetLeftPart(UriPartial.Authority) + Url,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })); // else the client mends what is to be wrong
        if (Body is not null) request.Content = new ByteArrayContent(Body);
        if (ContentType is not null) request.Content?.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        foreach (var (name, value) in Headers)
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content?.Headers.TryAddWithoutValidation(name, value);
        if (By.Person is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await By.Person.TokenAsync());
        else if (By.Token is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {By.Token}");
        request.Headers.ExpectContinue = Body is { Length: > 1_000_000 }; // is refused before it is sent
        try
        {
            using var response = await http.SendAsync(request);
            return new(this, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync(), response.Headers.RetryAfter?.Delta);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return new(this, 0, "", $"{e.GetType().Name}: {e.Message}", null);
        }
    }

    public override string ToString() => $"shot {Number}: {By.Name} asks {Method} {(Url.Length > 300 ? Url[..300] + "…" : Url)}"
        + $" [{How}]{string.Concat(Headers.Select(h => $" {h.Name}: {(h.Value.Length > 60 ? h.Value[..60] + "…" : h.Value)};"))}"
        + (Body is null ? "" : $" {ContentType} {Body.Length} bytes: {System.Text.Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 600)))}");
}

/// <summary>What came back; status 0 where nothing did.</summary>
public sealed record Shooting(Shot Shot, int Status, string MediaType, string Body, TimeSpan? RetryAfter)
{
    public bool IsRefused => Status is >= 400 and < 500;

    public override string ToString() => $"{Shot}\n    -> {Status} {MediaType} {(Body.Length > 700 ? Body[..700] + "…" : Body)}";
}

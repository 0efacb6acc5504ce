using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BetterConnections.Contracts;
using BetterConnections.ServiceDefaults;
using BetterConnections.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Inventory.Tests;

/// <summary>What every service has from ServiceDefaults, shown on this one.</summary>
public class HouseTests(InventoryApp inventory)
{
    [Theory]
    [InlineData("Authentication:Authority")]
    [InlineData("ConnectionStrings:inventorydb")]
    [InlineData("ConnectionStrings:messaging")]
    public void A_service_that_lacks_a_setting_does_not_start(string missing)
    {
        var settings = new Dictionary<string, string>
        {
            ["Authentication:Authority"] = inventory.Issuer.Authority,
            ["ConnectionStrings:inventorydb"] = "Host=127.0.0.1;Database=none",
            ["ConnectionStrings:messaging"] = "amqp://127.0.0.1",
        };
        settings.Remove(missing);
        using var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(web =>
        {
            foreach (var (name, value) in settings) web.UseSetting(name, value);
        });

        var failure = Assert.ThrowsAny<Exception>(() => factory.CreateClient());

        Assert.Contains(missing, failure.ToString());
    }

    [Fact]
    public async Task A_replica_that_is_told_to_stop_says_so_and_goes_on_answering_until_it_is_drained()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Authentication:Authority"] = inventory.Issuer.Authority;
        builder.Configuration["Authentication:RequireHttps"] = "false";
        builder.Configuration["Draining:Seconds"] = "60";
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.AddServiceDefaults("inventory").Build();
        app.UseServiceDefaults();
        app.MapGet("/work", () => "done").AllowAnonymous();
        await app.StartAsync();
        using var gateway = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/alive")).StatusCode);

        using var drained = new CancellationTokenSource();
        var stopping = app.StopAsync(drained.Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.GetAsync("/alive")).StatusCode);
        Assert.Equal("done", await gateway.GetStringAsync("/work"));

        await drained.CancelAsync();
        await stopping.ContinueWith(_ => { }, TaskScheduler.Default);
        await Assert.ThrowsAsync<HttpRequestException>(() => gateway.GetAsync("/alive"));
    }

    [Fact]
    public async Task A_full_disk_is_no_fault_of_who_sends_a_file()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Authentication:Authority"] = inventory.Issuer.Authority;
        builder.Configuration["Authentication:RequireHttps"] = "false";
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.AddServiceDefaults("inventory").Build();
        app.UseServiceDefaults();
        app.MapPost("/upload", async (HttpRequest request) =>
        {
            await using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
            await request.Body.CopyToAsync(full);
        }).AllowAnonymous();
        await app.StartAsync();
        using var sender = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        var answer = sender.PostAsync("/upload", new ByteArrayContent(new byte[100_000]));

        await answer.RefusesAsync(HttpStatusCode.ServiceUnavailable, "disk_full");
        Assert.NotNull((await answer).Headers.RetryAfter);
    }

    [Fact]
    public async Task A_service_tells_the_time_in_the_microseconds_that_the_database_keeps()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Authentication:Authority"] = inventory.Issuer.Authority;
        await using var app = builder.AddServiceDefaults("inventory").Build();

        Assert.IsType<Clock>(app.Services.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public async Task A_refusal_is_a_problem_document_whatever_the_caller_accepts()
    {
        using var stranger = inventory.Anonymous();
        stranger.DefaultRequestHeaders.Accept.Add(new("image/png"));
        using var logistics = inventory.As(Roles.Logistics);
        logistics.DefaultRequestHeaders.Accept.Add(new("image/png"));

        await stranger.GetAsync("/api/inventory/devices").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
        await logistics.PostAsJsonAsync("/api/inventory/donors", new { name = "x", kind = "Company" }).RefusesAsync(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Fact]
    public async Task A_member_that_stands_there_twice_is_refused()
    {
        var logistics = inventory.As(Roles.Logistics);
        using var body = new StringContent($$"""{ "kind": "Desktop", "kind": "Laptop", "serial": "{{Guid.NewGuid():n}}" }""", Encoding.UTF8, "application/json");

        await logistics.PostAsync("/api/inventory/devices", body).RefusesAsync(HttpStatusCode.BadRequest, "request_not_readable");
    }

    [Fact]
    public async Task Even_what_no_handler_answers_is_a_problem_with_a_code()
    {
        var warehouse = inventory.As(Roles.Logistics);
        await warehouse.GetAsync("/api/inventory/nothing-here").RefusesAsync(HttpStatusCode.NotFound, "not_found");
        await warehouse.DeleteAsync("/api/inventory/devices").RefusesAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        await warehouse.PostAsync("/api/inventory/devices", new StringContent("kind=Desktop", Encoding.UTF8, "text/plain"))
            .RefusesAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        await inventory.Anonymous().GetAsync("/api/inventory/nothing-here").RefusesAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Theory, InlineData("utf-7"), InlineData("klingon")]
    public async Task A_charset_that_is_not_known_here_is_refused(string charset)
    {
        var body = new StringContent("""{"kind":"desktop"}""");
        body.Headers.ContentType = MediaTypeHeaderValue.Parse($"application/json; charset={charset}");
        await inventory.As(Roles.Logistics).PostAsync("/api/inventory/devices", body).RefusesAsync(HttpStatusCode.UnsupportedMediaType, "charset_unknown");
    }

    [Theory]
    [InlineData("/api/inventory/scans", """{"action":"Triage","barcodes":[null]}""")]
    [InlineData("/api/inventory/wipes", """{"records":[null]}""")]
    [InlineData("/api/inventory/labels", """{"barcodes":["BC-000001-C",null]}""")]
    public async Task A_null_among_a_lists_elements_is_refused(string path, string json)
    {
        var body = new StringContent(json, Encoding.UTF8, "application/json");
        await inventory.As(Roles.Logistics).PostAsync(path, body).RefusesAsync(HttpStatusCode.BadRequest, "request_not_readable");
    }

    [Fact]
    public async Task Health_and_the_api_document_are_open_to_all()
    {
        Assert.Equal("Healthy", (await inventory.Anonymous().GetAsync<JsonElement>("/health")).GetProperty("status").GetString());
        var document = await inventory.Anonymous().GetAsync<JsonElement>("/openapi/inventory.json");
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString());
        Assert.True(document.GetProperty("paths").TryGetProperty("/api/inventory/devices/{barcode}", out _));
    }

    [Fact]
    public async Task A_request_is_one_span_named_by_its_route()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        var spans = new List<Activity>();
        listener.ActivityStopped = span =>
        {
            lock (spans) spans.Add(span);
        };
        ActivitySource.AddActivityListener(listener);

        await inventory.As(Roles.Logistics).GetAsync("/api/inventory/devices/NO-SUCH-SERIAL").RefusesAsync(HttpStatusCode.NotFound, "device_unknown");

        // The span ends a moment after the answer has left.
        var span = await Eventually.BecomesAsync(() => Task.FromResult(Ended()), s => s is not null);
        Assert.Equal("GET /api/inventory/devices/{barcode}", span!.DisplayName);
        Assert.Equal("/api/inventory/devices/{barcode}", span.GetTagItem("http.route"));
        Assert.Equal(404, span.GetTagItem("http.response.status_code"));

        Activity? Ended()
        {
            lock (spans) return spans.SingleOrDefault(s => (string?)s.GetTagItem("url.path") == "/api/inventory/devices/NO-SUCH-SERIAL");
        }
    }

    [Fact]
    public void A_policy_asks_only_for_scopes_that_clients_can_be_given() => Assert.Throws<ArgumentException>(() => Access.For("inventory.admin"));

    [Fact]
    public async Task An_operator_sees_the_queues_and_nobody_else_does()
    {
        var state = await inventory.As(Roles.Operator).GetAsync<Messaging.MessagingState>("/api/inventory/messaging");
        Assert.Equal(0, state.Queues.Sum(q => q.Failed));
        await inventory.As(Roles.ProgrammeOffice).GetAsync("/api/inventory/messaging").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await inventory.As(Roles.Operator).PostAsync("/api/inventory/messaging/queues/none/replay", new { }).RefusesAsync(HttpStatusCode.NotFound, "queue_unknown");
        await inventory.As(Roles.Operator).GetAsync("/api/inventory/messaging/queues/none/failed").RefusesAsync(HttpStatusCode.NotFound, "queue_unknown");
        await inventory.As(Roles.ProgrammeOffice).GetAsync("/api/inventory/messaging/queues/none/failed").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
        await inventory.As(Roles.Operator).GetAsync("/api/inventory/devices").RefusesAsync(HttpStatusCode.Forbidden, "forbidden");
    }
}

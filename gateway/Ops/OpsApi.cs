using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace BetterConnections.Gateway.Ops;

/// <summary><c>/ops</c>: what an operator looks at by night, as plain pages without a script. It shows nobody's data.</summary>
internal static class OpsApi
{
    /// <summary>Nothing but this origin's style sheet and forms.</summary>
    private const string ContentPolicy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly string Style = new StreamReader(typeof(OpsApi).Assembly.GetManifestResourceStream("ops.css")!).ReadToEnd();

    public static void AddOps(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddOpsSession(settings);
        services.AddSingleton<ServiceCalls>();
        services.AddRazorComponents();
    }

    public static void MapOps(this IEndpointRouteBuilder app)
    {
        var ops = app.MapGroup("/ops").RequireAuthorization(OpsSession.Scheme).AddEndpointFilter(Guard);
        ops.MapGet("/", Show);
        ops.MapGet("/{service}/queues/{queue}", ShowQueue);
        ops.MapPost("/{service}/queues/{queue}/replay", Replay);
        ops.MapPost("/sign-out", (Delegate)SignOut);
        ops.MapGet("/sign-in", (HttpContext http, IAntiforgery forms) => SignInForm(http, forms)).AllowAnonymous();
        ops.MapPost("/sign-in", SignIn).AllowAnonymous().RequireRateLimiting("passwords");
        ops.MapGet("/ops.css", () => Results.Text(Style, "text/css; charset=utf-8")).AllowAnonymous();
    }

    /// <summary>No page is kept anywhere, and no form is taken from another site.</summary>
    private static async ValueTask<object?> Guard(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.ContentSecurityPolicy = ContentPolicy;
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        if (!await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            throw new BadInput("form_out_of_date", "This form did not come from this page, or the page is too old. Go back, load it again and repeat.");
        return await next(context);
    }

    private static async Task<IResult> Show(HttpContext http, ServiceCalls calls, IAntiforgery forms, TimeProvider clock, int? replayed, CancellationToken cancel) =>
        new RazorComponentResult<OpsPage>(new
        {
            Services = await ServiceReport.AllAsync(calls, await http.TokenAsync(), cancel),
            Now = clock.GetUtcNow(),
            SignedInUntil = await http.EndsAsync(),
            Replayed = replayed,
            FormToken = forms.GetAndStoreTokens(http).RequestToken,
        });

    private static async Task<IResult> ShowQueue(string service, string queue, HttpContext http, ServiceCalls calls, IAntiforgery forms, CancellationToken cancel) =>
        new RazorComponentResult<QueuePage>(new
        {
            Service = service,
            Queue = queue,
            Failed = await ServiceReport.FailedAsync(calls, service, queue, await http.TokenAsync(), cancel),
            FormToken = forms.GetAndStoreTokens(http).RequestToken,
        });

    private static async Task<IResult> Replay(string service, string queue, HttpContext http, ServiceCalls calls, CancellationToken cancel) =>
        await calls.PostAsync(service, $"/api/{service}/messaging/queues/{Uri.EscapeDataString(queue)}/replay", await http.TokenAsync(), cancel) switch
        {
            (200, var answer) => Results.LocalRedirect($"/ops?replayed={answer.GetProperty("replayed").GetInt32()}"),
            (404, _) => throw new NotThere("queue_unknown", $"{service} has no queue {queue}."),
            _ => throw new Refused(StatusCodes.Status503ServiceUnavailable, "replay_not_confirmed",
                $"{service} did not confirm the replay. What went back went back once; look at the queue and repeat."),
        };

    private static async Task<IResult> SignIn(HttpContext http, ServiceCalls calls, IAntiforgery forms, IOptionsMonitor<JwtBearerOptions> bearer, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        return await OpsSession.SignInAsync(http, form["username"].ToString(), form["password"].ToString(), calls, bearer) is var (status, sentence)
            ? SignInForm(http, forms, status, sentence)
            : Results.LocalRedirect("/ops");
    }

    private static async Task<IResult> SignOut(HttpContext http)
    {
        await http.SignOutAsync(OpsSession.Scheme);
        return Results.LocalRedirect("/ops/sign-in");
    }

    private static IResult SignInForm(HttpContext http, IAntiforgery forms, int status = 200, string? sentence = null) =>
        new RazorComponentResult<SignInPage>(new { Refusal = sentence, FormToken = forms.GetAndStoreTokens(http).RequestToken }) { StatusCode = status };
}

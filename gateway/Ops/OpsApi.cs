using System.Net.Http.Headers;
using BetterConnections.Contracts;
using BetterConnections.Gateway.Sessions;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BetterConnections.Gateway.Ops;

/// <summary><c>/ops</c>: what an operator looks at by night, as plain pages without a script. It shows nobody's data.</summary>
internal static class OpsApi
{
    /// <summary>Nothing but this origin's style sheet and forms.</summary>
    private const string ContentPolicy = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly string Style = new StreamReader(typeof(OpsApi).Assembly.GetManifestResourceStream("ops.css")!).ReadToEnd();

    public static void AddOps(this IServiceCollection services)
    {
        services.AddSingleton<ServiceCalls>();
        services.AddRazorComponents();
    }

    public static void MapOps(this IEndpointRouteBuilder app)
    {
        var ops = app.MapGroup("/ops").AllowAnonymous().AddEndpointFilter(SessionsApi.KeptNowhere).AddEndpointFilter(Guard);
        ops.MapGet("/sign-in", SignInForm);
        ops.MapPost("/sign-in", SignIn).RequireRateLimiting("passwords");
        ops.MapGet("/ops.css", () => Results.Text(Style, "text/css; charset=utf-8"));

        var pages = ops.MapGroup("").AddEndpointFilter(SendOthersToSignIn);
        pages.MapGet("/", Show);
        pages.MapGet("/{service}/queues/{queue}", ShowQueue);
        pages.MapPost("/{service}/queues/{queue}/replay", Replay);
        pages.MapPost("/sign-out", SignOut);
    }

    /// <summary>No form is taken from another site.</summary>
    private static async ValueTask<object?> Guard(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.ContentSecurityPolicy = ContentPolicy;
        if (HttpMethods.IsPost(http.Request.Method) && !(http.Request.HasFormContentType
            && http.RequestServices.GetRequiredService<SessionCookie>().Read(http)?.IsFormToken((await http.Request.ReadFormAsync())[PostButton.FormTokenField].ToString()) == true))
            throw new BadInput("form_out_of_date", "This form did not come from this page, or the page is too old. Go back, load it again and repeat.");
        return await next(context);
    }

    /// <summary>Only a browser's session opens the pages: they are for people, and a token in a header comes from a program.</summary>
    private static ValueTask<object?> SendOthersToSignIn(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Session() is not null && context.HttpContext.User.IsInRole(Roles.Operator) ? next(context) : new(Results.LocalRedirect("/ops/sign-in"));

    /// <summary>The services decide by the operator's own token and record who did it.</summary>
    private static AuthenticationHeaderValue Token(this HttpContext http) => new("Bearer", http.Session()!.AccessToken);

    private static async Task<IResult> Show(HttpContext http, ServiceCalls calls, TimeProvider clock, int? replayed, int? left, CancellationToken cancel) =>
        new RazorComponentResult<OpsPage>(new
        {
            Services = await ServiceReport.AllAsync(calls, http.Token(), cancel),
            Now = clock.GetUtcNow(),
            SignedInUntil = http.Session()!.EndsAt,
            Replayed = replayed,
            Left = left ?? 0,
            http.Session()!.FormToken,
        });

    private static async Task<IResult> ShowQueue(string service, string queue, HttpContext http, ServiceCalls calls, CancellationToken cancel) =>
        new RazorComponentResult<QueuePage>(new
        {
            Service = service,
            Queue = queue,
            Failed = await ServiceReport.FailedAsync(calls, service, queue, http.Token(), cancel),
            http.Session()!.FormToken,
        });

    private static async Task<IResult> Replay(string service, string queue, HttpContext http, ServiceCalls calls, CancellationToken cancel) =>
        await calls.PostAsync(service, $"/api/{service}/messaging/queues/{Uri.EscapeDataString(queue)}/replay", http.Token(), cancel) switch
        {
            (200, var answer) => Results.LocalRedirect($"/ops?replayed={answer.GetProperty("replayed").GetInt32()}&left={answer.GetProperty("left").GetInt32()}"),
            (404, _) => throw new NotThere("queue_unknown", $"{service} has no queue {queue}."),
            _ => throw new Refused(StatusCodes.Status503ServiceUnavailable, "replay_not_confirmed",
                $"{service} did not confirm the replay. What went back went back once; look at the queue and repeat."),
        };

    private static IResult SignInForm(HttpContext http, SessionCookie cookie, TokenSource tokens) =>
        tokens.IsElsewhere ? Results.LocalRedirect("/session/challenge?returnTo=/ops") : FormFor(cookie.ReadOrStart(http));

    private static async Task<IResult> SignIn(HttpContext http, SessionCookie cookie, TokenSource tokens, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        try
        {
            var session = Session.Of(await tokens.ByPasswordAsync(form["username"].ToString(), form["password"].ToString(), cancel));
            if (!tokens.View(session).Roles!.Contains(Roles.Operator))
                throw new Refused(StatusCodes.Status403Forbidden, "not_an_operator", "This account is not an operator's. The programme office can give it the role.");
            cookie.Write(http, session);
            return Results.LocalRedirect("/ops");
        }
        catch (Refused refused)
        {
            return FormFor(cookie.ReadOrStart(http), refused.Status, refused.Message);
        }
    }

    private static async Task<IResult> SignOut(HttpContext http, SessionCookie cookie, TokenSource tokens, CancellationToken cancel)
    {
        await tokens.RevokeAsync(http.Session()!, cancel);
        cookie.Delete(http);
        return Results.LocalRedirect("/ops/sign-in");
    }

    private static IResult FormFor(Session session, int status = 200, string? sentence = null) =>
        new RazorComponentResult<SignInPage>(new { Refusal = sentence, session.FormToken }) { StatusCode = status };
}

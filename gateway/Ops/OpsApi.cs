using System.Net.Http.Headers;
using BetterConnections.Contracts;
using BetterConnections.Gateway.Sessions;
using BetterConnections.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

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
        var ops = app.MapGroup("/ops").AllowAnonymous().AddEndpointFilter(SessionsApi.KeptNowhere).AddEndpointFilter(AnswerPages);
        ops.MapGet("/ops.css", () => Results.Text(Style, "text/css; charset=utf-8"));

        var entrance = ops.MapGroup("/sign-in").AddEndpointFilter(RefuseOnForm).AddEndpointFilter(Guard);
        entrance.MapGet("", SignInForm);
        entrance.MapPost("", SignIn).RequireRateLimiting("passwords");

        var pages = ops.MapGroup("").AddEndpointFilter(SendOthersToSignIn).AddEndpointFilter(RefuseOnPage).AddEndpointFilter(Guard);
        pages.MapGet("/", Show);
        pages.MapGet("/{service}/queues/{queue}", ShowQueue);
        pages.MapPost("/{service}/queues/{queue}/replay", Replay);
        pages.MapPost("/sign-out", SignOut);
    }

    private static ValueTask<object?> AnswerPages(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var response = context.HttpContext.Response;
        response.Headers.ContentSecurityPolicy = ContentPolicy;
        response.OnStarting(() =>
        {
            response.SayWhenToComeAgain();
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>No form is taken from another site.</summary>
    private static async ValueTask<object?> Guard(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method) && !(http.Request.HasFormContentType
            && http.RequestServices.GetRequiredService<SessionCookie>().Read(http)?.IsFormToken((await http.Request.ReadFormAsync())[PostButton.FormTokenField].ToString()) == true))
            throw new BadInput("form_out_of_date", "Nothing was done: the page with this form was too old, or it was not one of these pages. This one is new; repeat it here.");
        return await next(context);
    }

    /// <summary>A person reads the refusal: on the page from which they go on, with the status that a program would be given.</summary>
    private static async ValueTask<object?> RefuseOnPage(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Refusal refusal)
        {
            return await PageAsync(context.HttpContext, refusal: refusal);
        }
    }

    /// <summary>The same for who is not in yet.</summary>
    private static async ValueTask<object?> RefuseOnForm(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Refusal refusal)
        {
            return FormFor(context.HttpContext, refusal);
        }
    }

    /// <summary>Only a browser's session opens the pages: they are for people, and a token in a header comes from a program.</summary>
    private static ValueTask<object?> SendOthersToSignIn(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Session() is not null && context.HttpContext.User.IsInRole(Roles.Operator) ? next(context) : new(Results.LocalRedirect("/ops/sign-in"));

    /// <summary>The services decide by the operator's own token and record who did it.</summary>
    private static AuthenticationHeaderValue Token(this HttpContext http) => new("Bearer", http.Session()!.AccessToken);

    private static Task<IResult> Show(HttpContext http, int? replayed, int? left) => PageAsync(http, replayed, left);

    private static async Task<IResult> PageAsync(HttpContext http, int? replayed = null, int? left = null, Refusal? refusal = null)
    {
        var (services, cancel) = (http.RequestServices, http.RequestAborted);
        var reports = ServiceReport.AllAsync(services.GetRequiredService<ServiceCalls>(), http.Token(), cancel);
        var gateway = await ReplicaReport.OfThisGatewayAsync(services.GetRequiredService<HealthCheckService>(), cancel);
        return new RazorComponentResult<OpsPage>(new
        {
            Services = (IReadOnlyList<ServiceReport>)[new("gateway", [gateway], null), .. await reports],
            Now = services.GetRequiredService<TimeProvider>().GetUtcNow(),
            SignedInUntil = http.Session()!.EndsAt,
            Refusal = refusal?.Message,
            Replayed = replayed,
            Left = left ?? 0,
            http.Session()!.FormToken,
        })
        { StatusCode = refusal?.Status };
    }

    private static async Task<IResult> ShowQueue(string service, string queue, HttpContext http, ServiceCalls calls, CancellationToken cancel)
    {
        var failed = await ServiceReport.FailedAsync(calls, service, queue, http.Token(), cancel);
        return new RazorComponentResult<QueuePage>(new { Service = service, Queue = queue, Failed = failed, http.Session()!.FormToken })
        {
            StatusCode = failed is null ? StatusCodes.Status503ServiceUnavailable : null,
        };
    }

    private static async Task<IResult> Replay(string service, string queue, HttpContext http, ServiceCalls calls, CancellationToken cancel) =>
        await calls.PostAsync(service, $"/api/{service}/messaging/queues/{Uri.EscapeDataString(queue)}/replay", http.Token(), cancel) switch
        {
            (200, var answer) => Results.LocalRedirect($"/ops?replayed={answer.GetProperty("replayed").GetInt32()}&left={answer.GetProperty("left").GetInt32()}"),
            (404, _) => throw ServiceReport.UnknownQueue(service, queue),
            _ => throw new Refused(StatusCodes.Status503ServiceUnavailable, "replay_not_confirmed",
                $"{service} did not confirm the replay. What went back went back once; look at the queue and repeat."),
        };

    private static IResult SignInForm(HttpContext http, TokenSource tokens) =>
        tokens.IsElsewhere ? Results.LocalRedirect("/session/challenge?returnTo=/ops") : FormFor(http);

    private static async Task<IResult> SignIn(HttpContext http, SessionCookie cookie, TokenSource tokens, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        var session = Session.Of(await tokens.ByPasswordAsync(form["username"].ToString(), form["password"].ToString(), cancel));
        if (!tokens.View(session).Roles!.Contains(Roles.Operator))
            throw new Refused(StatusCodes.Status403Forbidden, "not_an_operator", "This account is not an operator's. The programme office can give it the role.");
        cookie.Write(http, session);
        return Results.LocalRedirect("/ops");
    }

    private static async Task<IResult> SignOut(HttpContext http, SessionCookie cookie, TokenSource tokens, CancellationToken cancel)
    {
        await tokens.RevokeAsync(http.Session()!, cancel);
        cookie.Delete(http);
        return Results.LocalRedirect("/ops/sign-in");
    }

    private static RazorComponentResult<SignInPage> FormFor(HttpContext http, Refusal? refusal = null)
    {
        var session = http.RequestServices.GetRequiredService<SessionCookie>().ReadOrStart(http);
        return new(new { Refusal = refusal?.Message, session.FormToken }) { StatusCode = refusal?.Status };
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace BetterConnections.ServiceDefaults;

/// <summary>Every answer that is not a success is problem+json with a <c>code</c> and a <c>traceId</c> (RFC 9457).</summary>
public static class Problems
{
    public static IServiceCollection AddProblems(this IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.AddExceptionHandler<RefusalHandler>();
        services.AddSingleton<IProblemDetailsWriter, OpenRosa.Refusals>(); // before the framework's, which takes every path
        services.AddProblemDetails(o => o.CustomizeProblemDetails = context =>
        {
            var problem = context.ProblemDetails;
            problem.Instance = context.HttpContext.Request.Path;
            problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
            problem.Extensions.TryAdd("code", problem is HttpValidationProblemDetails ? "validation_failed" : CodeOf(problem.Status));
        });
        return services.AddSingleton<IProblemDetailsWriter, WriterForWhoAcceptsNone>(); // after the framework's, which stays the first choice
    }

    /// <summary>For answers that no handler of ours chose: 401 is <c>unauthorized</c>, 415 is <c>unsupported_media_type</c>.</summary>
    internal static string CodeOf(int? status) =>
        ReasonPhrases.GetReasonPhrase(status ?? 500).ToLowerInvariant().Replace(' ', '_').Replace("-", "_");

    /// <summary>For who is refused because something is away; not all at once upon who has just come back.</summary>
    public static void SayWhenToComeAgain(this HttpResponse response)
    {
        if (response.StatusCode is StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout)
            response.Headers.RetryAfter = Random.Shared.Next(3, 8).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Writes one refusal as problem details; used by exception handlers.</summary>
    public static async ValueTask<bool> WriteAsync(this IProblemDetailsService problems, HttpContext http, int status, string code, string sentence,
        IReadOnlyDictionary<string, object?>? details = null)
    {
        http.Response.StatusCode = status;
        http.Response.SayWhenToComeAgain();
        var problem = new ProblemDetails { Status = status, Detail = sentence, Extensions = { ["code"] = code } };
        foreach (var (name, value) in details ?? new Dictionary<string, object?>()) problem.Extensions[name] = value;
        return await problems.TryWriteAsync(new() { HttpContext = http, ProblemDetails = problem });
    }

    /// <summary>
    /// Stands behind the framework's writer, which leaves the answer empty for who accepts only a PDF, say: why there is none has to be
    /// learnt all the same.
    /// </summary>
    private sealed class WriterForWhoAcceptsNone(IOptions<ProblemDetailsOptions> options) : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => true;

        public async ValueTask WriteAsync(ProblemDetailsContext context)
        {
            var (http, problem) = (context.HttpContext, context.ProblemDetails);
            problem.Status ??= http.Response.StatusCode;
            problem.Title ??= ReasonPhrases.GetReasonPhrase(problem.Status.Value);
            options.Value.CustomizeProblemDetails?.Invoke(context);
            await http.Response.WriteAsJsonAsync(problem, problem.GetType(), options: (JsonSerializerOptions?)null, "application/problem+json", http.RequestAborted);
        }
    }

    private sealed class RefusalHandler(IProblemDetailsService problems, ILogger<RefusalHandler> log) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancel) => exception switch
        {
            Refusal refusal => await problems.WriteAsync(http, refusal.Status, refusal.Code, refusal.Message, refusal.Details),
            BadHttpRequestException bad => await problems.WriteAsync(http, bad.StatusCode,
                bad.StatusCode == 413 ? "request_too_large" : "request_not_readable", Sentence(bad)),
            _ when exception.IsFullDisk() => await WithoutRoomAsync(http, exception),
            InvalidOperationException when HasUnknownCharset(http.Request) => await problems.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType,
                "charset_unknown", "The charset in Content-Type is not known here; JSON is UTF-8."),
            OperationCanceledException when http.RequestAborted.IsCancellationRequested => true, // nobody is left to read an answer
            _ => false,
        };

        private ValueTask<bool> WithoutRoomAsync(HttpContext http, Exception exception)
        {
            log.LogError(exception, "The disk with temporary files is full");
            return problems.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "disk_full", "The server has no room for the file at the moment. Nothing was kept; send it again later.");
        }

        private static bool HasUnknownCharset(HttpRequest request)
        {
            if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.Charset.HasValue) return false;
            try
            {
                return type.Encoding is null;
            }
            catch (NotSupportedException)
            {
                return true; // UTF-7, which .NET has switched off
            }
        }

        private static string Sentence(BadHttpRequestException bad) =>
            bad.InnerException is System.Text.Json.JsonException { Path: { } path } ? $"The request body is not as documented at {path}." : bad.Message;
    }
}

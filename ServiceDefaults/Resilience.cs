using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace BetterConnections.ServiceDefaults;

/// <summary>How this system calls other servers over HTTP: a deadline, few retries with jitter, and a breaker that stops a storm.</summary>
public static class Resilience
{
    /// <summary>A handler for an <see cref="HttpClient"/>. Only safe methods are retried.</summary>
    public static DelegatingHandler Handler() => new ResilientHandler { InnerHandler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) } };

    private sealed class ResilientHandler : DelegatingHandler
    {
        private readonly ResiliencePipeline<HttpResponseMessage> _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddTimeout(TimeSpan.FromSeconds(6)) // in all: the caller is waiting too
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = args => new(IsSafe(args.Context) && Failed(args.Outcome)),
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = args => new(Failed(args.Outcome)),
                MinimumThroughput = 10,
                BreakDuration = TimeSpan.FromSeconds(5),
            })
            .AddTimeout(TimeSpan.FromSeconds(2))
            .Build();

        private static readonly ResiliencePropertyKey<HttpMethod> Method = new("method");

        private static bool IsSafe(ResilienceContext context) =>
            context.Properties.TryGetValue(Method, out var method) && (method == HttpMethod.Get || method == HttpMethod.Head);

        private static bool Failed(Outcome<HttpResponseMessage> outcome) =>
            outcome.Exception is HttpRequestException or TimeoutRejectedException || (int?)outcome.Result?.StatusCode >= 500;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
        {
            var context = ResilienceContextPool.Shared.Get(cancel);
            context.Properties.Set(Method, request.Method);
            try
            {
                return await _pipeline.ExecuteAsync(async c => await base.SendAsync(request, c.CancellationToken), context);
            }
            finally
            {
                ResilienceContextPool.Shared.Return(context);
            }
        }
    }
}

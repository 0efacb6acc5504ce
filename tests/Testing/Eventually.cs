namespace BetterConnections.Testing;

/// <summary>
/// For what another process does in its own time: asks again until it is so, and fails with what it last saw. Soon at first, then less
/// often: who waits for a server to come up again must not take from it the processor that it needs for that.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(20), Latest = TimeSpan.FromMilliseconds(500);

    public static async Task<T> BecomesAsync<T>(Func<Task<T>> read, Func<T, bool> wanted, TimeSpan? within = null)
    {
        using var deadline = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(30));
        for (var pause = Soonest; ; pause = pause * 1.5 < Latest ? pause * 1.5 : Latest)
        {
            var seen = await read();
            if (wanted(seen)) return seen;
            try
            {
                await Task.Delay(pause, deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Still {seen} after {within ?? TimeSpan.FromSeconds(30)}.");
            }
        }
    }
}

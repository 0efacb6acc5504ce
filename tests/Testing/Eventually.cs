namespace BetterConnections.Testing;

/// <summary>For what another process does in its own time: asks again until it is so, and fails with what it last saw.</summary>
public static class Eventually
{
    public static async Task<T> BecomesAsync<T>(Func<Task<T>> read, Func<T, bool> wanted, TimeSpan? within = null)
    {
        using var deadline = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(30));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var seen = await read();
            if (wanted(seen)) return seen;
            try
            {
                await again.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Still {seen} after {within ?? TimeSpan.FromSeconds(30)}.");
            }
        }
    }
}

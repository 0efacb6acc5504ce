using System.Diagnostics;

namespace BetterConnections.Demo;

/// <summary>What is printed as the demonstration goes on.</summary>
internal static class Story
{
    public static readonly Stopwatch Clock = Stopwatch.StartNew();

    public static void Chapter(string title) => Console.WriteLine($"\n{title}");

    public static void Tell(string sentence) => Console.WriteLine($"  {Clock.Elapsed.TotalSeconds,6:0.0} s  {sentence}");

    public static void Expect(bool so, string sentence)
    {
        if (!so) throw new DemoFailed("Not so: " + sentence);
    }

    /// <summary>Several things at once, but not all: an office has so many hands.</summary>
    public static async Task<TResult[]> AtOnceAsync<T, TResult>(this IEnumerable<T> things, Func<T, Task<TResult>> work, int hands = 6)
    {
        using var free = new SemaphoreSlim(hands);
        return await Task.WhenAll(things.Select(async thing =>
        {
            await free.WaitAsync();
            try
            {
                return await work(thing);
            }
            finally
            {
                free.Release();
            }
        }));
    }
}

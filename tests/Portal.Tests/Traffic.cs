using System.Collections.Concurrent;

namespace BetterConnections.Portal.Tests;

/// <summary>What a page asks the gateway for, and when it has been answered everything.</summary>
public sealed class Traffic
{
    // What one answer leads to is asked within a few frames of it.
    private const string Frames = "async () => { for (let i = 0; i < 4; i++) await new Promise(requestAnimationFrame); }";

    private readonly IPage _page;
    private readonly ConcurrentDictionary<IRequest, bool> _open = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private int _count;
    private volatile bool _leaves;

    public Traffic(IPage page)
    {
        _page = page;
        page.Request += (_, request) =>
        {
            Interlocked.Increment(ref _count);
            _asked.Enqueue(new Uri(request.Url).AbsolutePath);
            _leaves |= request.IsNavigationRequest;
            if (request.ResourceType is not "fetch") return; // a script has come when what it shows is there; of one that was preloaded too, the end is not always told
            _open[request] = true;
        };
        page.FrameNavigated += (_, frame) =>
        {
            if (frame != page.MainFrame || !_leaves) return;
            _open.Clear(); // what the page before this one had still to hear, nobody tells
            _leaves = false;
        };
        page.RequestFinished += (_, request) => _open.TryRemove(request, out var _);
        page.RequestFailed += (_, request) => _open.TryRemove(request, out var _);
    }

    /// <summary>The paths, since it was last forgotten.</summary>
    public IEnumerable<string> Asked => _asked;

    public void Forget() => _asked.Clear();

    /// <summary>Half a second sooner than Playwright's idle network, which on so many pages is minutes.</summary>
    public async Task EndsAsync()
    {
        var until = DateTime.UtcNow.AddSeconds(30);
        int before;
        do
        {
            before = _count;
            await _page.EvaluateAsync(Frames);
            Assert.True(DateTime.UtcNow < until, $"still asks for {string.Join(", ", _open.Keys.Select(r => r.Url))}");
        }
        while (!_open.IsEmpty || before != _count);
    }
}

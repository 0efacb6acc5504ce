using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BetterConnections.Testing;

/// <summary>Everything that was logged, at every level, with its exceptions. Errors are printed too: they tell why a test was answered 500.</summary>
public sealed class LogBook : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(_lines);

    public void Dispose() { }

    private sealed class Logger(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel level) => true;

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = $"{level}: {formatter(state, exception)} {exception}";
            lines.Enqueue(line);
            if (level >= LogLevel.Error) Console.Error.WriteLine(line);
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using BetterConnections.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BetterConnections.Messaging.Tests;

/// <summary>Hears the metrics of one service, though others in this process have meters of the same name.</summary>
internal sealed class Figures : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> _heard = new();

    public Figures(NotesService service)
    {
        var meters = service.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == MessagingMetrics.MeterName && instrument.Meter.Scope == meters) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        _listener.Start();
    }

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _heard.Enqueue((instrument.Name, value, tags.ToArray().ToDictionary()));

    public void Observe() => _listener.RecordObservableInstruments();

    public IReadOnlyList<(string Name, double Value, Dictionary<string, object?> Tags)> Of(string name) => [.. _heard.Where(m => m.Name == name)];

    public Task BecomeAsync(string name, Func<IReadOnlyList<(string Name, double Value, Dictionary<string, object?> Tags)>, bool> wanted) =>
        Eventually.BecomesAsync(() => Task.FromResult(Of(name)), wanted);

    public void Dispose() => _listener.Dispose();
}

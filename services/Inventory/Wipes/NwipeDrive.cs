namespace BetterConnections.Inventory.Wipes;

/// <summary>How nwipe left a drive.</summary>
public enum NwipeStatus
{
    /// <summary>Written and verified as asked, without errors.</summary>
    Erased,
    /// <summary>Pass, verification or sync errors.</summary>
    Failed,
    /// <summary>Stopped by the operator.</summary>
    Aborted,
    /// <summary>nwipe's own INSANITY, or a status this importer does not know: never a proof of erasure.</summary>
    Insane,
    /// <summary>The log has the start of the wipe and no row in the table at its end (power cut, crash).</summary>
    Unfinished,
}

/// <summary>What nwipe's log says of one drive. Null is what the log, or that version of nwipe, does not say.</summary>
public sealed record NwipeDrive
{
    /// <summary>Kernel name without /dev/, such as sda.</summary>
    public required string Device { get; init; }
    public required NwipeStatus Status { get; init; }
    public string? Model { get; init; }
    /// <summary>Null too where nwipe ran with --quiet, which prints crosses for the serial.</summary>
    public string? Serial { get; init; }
    /// <summary>As printed, such as "120 MB/s".</summary>
    public string? Throughput { get; init; }
    public TimeSpan? Duration { get; init; }

    /// <summary>nwipe's version, such as 0.42.</summary>
    public string? Version { get; init; }
    /// <summary>nwipe's name of the method, such as "PRNG Stream" or "DoD Short".</summary>
    public string? Method { get; init; }
    public string? Prng { get; init; }
    public int? Rounds { get; init; }
    /// <summary>off, last pass or all passes.</summary>
    public string? Verify { get; init; }
    public bool? FinalBlank { get; init; }

    /// <summary>Local time of the machine that wiped; the log has no zone.</summary>
    public DateTime? StartedAt { get; init; }
    /// <summary>Start and duration; without a start, the time of the summary, which is of the slowest drive.</summary>
    public DateTime? EndedAt { get; init; }

    public long? PassErrors { get; init; }
    public long? VerifyErrors { get; init; }
    public long? SyncErrors { get; init; }
    public long? BytesErased { get; init; }
    public long? BytesTotal { get; init; }
}

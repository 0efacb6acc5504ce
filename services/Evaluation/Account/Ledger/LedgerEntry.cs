using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Evaluation.Account.Ledger;

public enum Nature { Cash, InKind }

/// <summary><c>Giver</c>: a partner, whose account shows what it gave. <c>Purpose</c>: what it was for.</summary>
public enum LedgerAccountKind { Giver, Purpose }

/// <summary>How a contribution came by its value.</summary>
public enum Valuation
{
    /// <summary>Money.</summary>
    AsPaid,
    Invoice,
    /// <summary>What it costs new or used on the market.</summary>
    MarketPrice,
    /// <summary>The publisher's list price, as for licences.</summary>
    ListPrice,
    /// <summary>The programme's rate at the time (<see cref="ValuationRate"/>).</summary>
    Rate,
    /// <summary>The giver's own statement.</summary>
    Declared,
}

public sealed class LedgerAccount
{
    /// <summary>Such as <c>giver:adlsa</c> or <c>purpose:training</c>.</summary>
    public string Code { get; init; } = null!;
    public string Name { get; init; } = null!;
    public LedgerAccountKind Kind { get; init; }
}

/// <summary>One contribution in double entry: debit its purpose, credit its giver. Never changed; a mistake is reversed by another entry.</summary>
public sealed class LedgerEntry
{
    /// <summary>Long before any programme of this kind: an earlier date is a slip of the pen.</summary>
    public static readonly DateOnly Earliest = new(2000, 1, 1);

    private readonly List<LedgerLine> _lines = [];

    private LedgerEntry() { }

    public Guid Id { get; private set; }
    public long Number { get; private set; }
    public DateOnly On { get; private set; }
    public Nature Nature { get; private set; }
    public string Description { get; private set; } = null!;
    public Valuation Valuation { get; private set; }
    /// <summary>Where it can be looked up: a receipt's number, a letter, the rate that was used.</summary>
    public string Evidence { get; private set; } = null!;
    /// <summary>Of the file that is the evidence, in lower-case hexadecimal.</summary>
    public string? EvidenceSha256 { get; private set; }
    /// <summary>The fact that it values, where an event told of it.</summary>
    public long? FactNumber { get; private set; }
    /// <summary>1, and one more each time the fact is valued anew; by it two at once are told apart.</summary>
    public int? FactRevision { get; private set; }
    /// <summary>What was valued of the fact: when it is corrected, this entry is reversed and another follows.</summary>
    public decimal? FactUnits { get; private set; }
    public Guid? Reverses { get; private set; }
    public string RecordedBy { get; private set; } = null!;
    public DateTimeOffset RecordedAt { get; private set; }
    public IReadOnlyList<LedgerLine> Lines => _lines;

    /// <param name="amount">In the programme's currency, to the hundredth, more than nothing.</param>
    public static LedgerEntry Contribution(string giver, string purpose, decimal amount, DateOnly on, Nature nature, string description, Valuation valuation,
        string evidence, string? evidenceSha256, string by, DateTimeOffset at)
    {
        if (nature == Nature.Cash != (valuation == Valuation.AsPaid))
            throw new BadInput("valuation_does_not_fit", "Cash is valued as paid, and nothing else is.");
        var entry = new LedgerEntry
        {
            Id = Guid.CreateVersion7(at),
            On = on,
            Nature = nature,
            Description = description.Trim(),
            Valuation = valuation,
            Evidence = evidence.Trim(),
            EvidenceSha256 = evidenceSha256,
            RecordedBy = by,
            RecordedAt = at,
        };
        entry._lines.Add(new() { Line = 1, AccountCode = purpose, Amount = amount });
        entry._lines.Add(new() { Line = 2, AccountCode = giver, Amount = -amount });
        return entry;
    }

    public LedgerEntry Reverse(string why, DateOnly on, string by, DateTimeOffset at)
    {
        if (Reverses is not null) throw new RuleBroken("reversal_not_reversed", "A reversal stays; record the contribution anew.");
        var reversal = new LedgerEntry
        {
            Id = Guid.CreateVersion7(at),
            On = on,
            Nature = Nature,
            Description = $"Reverses {Number}: {why.Trim()}",
            Valuation = Valuation,
            Evidence = Evidence,
            EvidenceSha256 = EvidenceSha256,
            Reverses = Id,
            RecordedBy = by,
            RecordedAt = at,
        };
        reversal._lines.AddRange(_lines.Select(l => new LedgerLine { Line = l.Line, AccountCode = l.AccountCode, Amount = -l.Amount }));
        return reversal;
    }
}

public sealed class LedgerLine
{
    public Guid EntryId { get; init; }
    public int Line { get; init; }
    public string AccountCode { get; init; } = null!;
    /// <summary>Debit above nothing, credit below; the lines of an entry add up to nothing.</summary>
    public decimal Amount { get; init; }
}

/// <summary>What one unit of a figure is worth from a day on: an hour of volunteering, a donated device.</summary>
public sealed class ValuationRate
{
    public Guid Id { get; init; }
    public required string Figure { get; init; }
    public decimal Amount { get; init; }
    public DateOnly ValidFrom { get; init; }
    /// <summary>Who says that this is its worth.</summary>
    public required string Source { get; init; }
    public required string SetBy { get; init; }
    public DateTimeOffset SetAt { get; init; }
}

internal sealed class LedgerMapping : IEntityTypeConfiguration<LedgerAccount>, IEntityTypeConfiguration<LedgerEntry>, IEntityTypeConfiguration<LedgerLine>,
    IEntityTypeConfiguration<ValuationRate>
{
    public void Configure(EntityTypeBuilder<LedgerAccount> account)
    {
        account.ToTable("ledger_accounts");
        account.HasKey(a => a.Code);
    }

    public void Configure(EntityTypeBuilder<LedgerEntry> entry)
    {
        entry.ToTable("ledger_entries");
        entry.Property(e => e.Id).ValueGeneratedNever();
        entry.Property(e => e.Number).UseIdentityByDefaultColumn();
        entry.HasIndex(e => e.Number).IsUnique();
        entry.Property(e => e.FactUnits).HasPrecision(18, 4);
        entry.HasIndex(e => new { e.FactNumber, e.FactRevision }).IsUnique().HasDatabaseName("fact_already_valued");
        entry.HasIndex(e => e.Reverses).IsUnique().HasDatabaseName("entry_already_reversed");
        entry.HasOne<Figures.Fact>().WithMany().HasForeignKey(e => e.FactNumber).OnDelete(DeleteBehavior.NoAction);
        entry.HasOne<LedgerEntry>().WithMany().HasForeignKey(e => e.Reverses).OnDelete(DeleteBehavior.NoAction);
        entry.HasMany(e => e.Lines).WithOne().HasForeignKey(l => l.EntryId);
        entry.Navigation(e => e.Lines).HasField("_lines").UsePropertyAccessMode(PropertyAccessMode.Field);
    }

    public void Configure(EntityTypeBuilder<LedgerLine> line)
    {
        line.ToTable("ledger_lines", t => t.HasCheckConstraint("ck_ledger_lines_two", "line in (1, 2)"));
        line.HasKey(l => new { l.EntryId, l.Line });
        line.Property(l => l.Amount).HasPrecision(18, 2);
        line.HasIndex(l => l.AccountCode);
        line.HasOne<LedgerAccount>().WithMany().HasForeignKey(l => l.AccountCode).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<ValuationRate> rate)
    {
        rate.ToTable("valuation_rates");
        rate.Property(r => r.Id).ValueGeneratedNever();
        rate.Property(r => r.Amount).HasPrecision(18, 2);
        rate.HasIndex(r => new { r.Figure, r.ValidFrom }).IsUnique().HasDatabaseName("rate_already_set");
    }
}

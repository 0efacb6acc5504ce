using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BetterConnections.Training.Refreshers;

public enum RefresherState { Proposed, Accepted, Dismissed }

/// <summary>Evaluation found workers of a facility who are not yet independent users; the training partner plans a session for them or says why not.</summary>
public sealed class RefresherProposal
{
    public Guid Id { get; init; }
    public Guid WaveId { get; init; }
    public Guid FacilityId { get; init; }
    public required string Topic { get; init; }
    /// <summary>How many workers it is for.</summary>
    public int Workers { get; init; }
    public DateTimeOffset AskedAt { get; init; }
    public RefresherState State { get; private set; }
    /// <summary>What it became.</summary>
    public Guid? SessionId { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? DecidedBy { get; private set; }
    public string? Why { get; private set; }
    public uint Version { get; private set; }

    public void Accept(Guid sessionId, string by, DateTimeOffset at)
    {
        RequireOpen();
        (State, SessionId, DecidedBy, DecidedAt) = (RefresherState.Accepted, sessionId, by, at);
    }

    public void Dismiss(string why, string by, DateTimeOffset at)
    {
        RequireOpen();
        (State, Why, DecidedBy, DecidedAt) = (RefresherState.Dismissed, why, by, at);
    }

    public void RequireOpen()
    {
        if (State != RefresherState.Proposed) throw new RuleBroken("state_forbids", $"The proposal is {State} already.").With("state", State);
    }
}

internal sealed class RefresherProposalMapping : IEntityTypeConfiguration<RefresherProposal>
{
    public void Configure(EntityTypeBuilder<RefresherProposal> proposal)
    {
        proposal.ToTable("refresher_proposals");
        proposal.Property(p => p.Id).ValueGeneratedNever();
        proposal.Property(p => p.Version).IsRowVersion();
        proposal.HasIndex(p => new { p.WaveId, p.FacilityId, p.Topic }).IsUnique();
        proposal.HasIndex(p => new { p.State, p.Id });
        proposal.HasOne<Session>().WithMany().HasForeignKey(p => p.SessionId).OnDelete(DeleteBehavior.Restrict);
    }
}

using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using BetterConnections.Postgres;
using BetterConnections.ServiceDefaults;
using BetterConnections.Training.Learners;
using BetterConnections.Training.Toolkits;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Training.Sessions;

/// <param name="Learners">Codes on cards, or ids, in the order in which they came.</param>
public sealed record Enrollment([Required, MinLength(1), MaxLength(500)] IReadOnlyList<string> Learners);

/// <summary>The answer to one of them: the place, or the code and sentence of why not.</summary>
/// <param name="Place">1 for who came first.</param>
/// <param name="Seated">Has a seat; otherwise waits for one.</param>
public sealed record EnrollmentResult(string Learner, bool Done, int? Place = null, bool Seated = false, string? Code = null, string? Sentence = null);

public static class EnrollLearners
{
    /// <summary>Who is enrolled already keeps the place it has. A trainer enrolls workers of its facility, the training partner anybody.</summary>
    public static Task<IReadOnlyList<EnrollmentResult>> Handle(Guid id, Enrollment request, TrainingDb db, ClaimsPrincipal user, TimeProvider clock,
        CancellationToken cancel) => db.InTransactionAsync<IReadOnlyList<EnrollmentResult>>(async () =>
        {
            var session = await db.LockSessionAsync(id, user, cancel);
            if (!session.IsToCome) throw new RuleBroken("state_forbids", $"The session is {session.State}; nobody enrolls any more.").With("state", session.State);
            var learners = db.Learners.AsQueryable();
            if (!user.RunsAllSessions() && session.Audience != Audience.Volunteers) learners = learners.Where(l => l.FacilityId == session.FacilityId);
            var found = await learners.ByCardAsync(request.Learners, cancel);

            Guid[] fitting = [.. request.Learners.Select(l => found.GetValueOrDefault(FindLearners.Read(l))).Where(l => l is not null && session.IsFor(l)).Select(l => l!.Id).Distinct()];
            await db.Database.ExecuteSqlAsync($"""
                insert into roster_entries (session_id, learner_id, enrolled_at)
                select {id}, l.id, {clock.GetUtcNow()} from unnest({fitting}) with ordinality as l(id, line) order by l.line
                on conflict (session_id, learner_id) where left_at is null do nothing
                """, cancel);

            var seats = await db.SeatsAsync(session, cancel);
            var places = (await db.RosterOf(id).OrderBy(e => e.Number).Select(e => e.LearnerId).ToListAsync(cancel))
                .Select((learner, index) => (learner, Place: index + 1)).ToDictionary(p => p.learner, p => p.Place);
            return [.. request.Learners.Select(scanned => found.GetValueOrDefault(FindLearners.Read(scanned)) switch
            {
                null => new EnrollmentResult(scanned, false, Code: "card_unknown", Sentence: "No learner here has this card."),
                var learner when !session.IsFor(learner) => new(scanned, false, Code: "learner_not_of_audience", Sentence: "The session is for others."),
                var learner => new(scanned, true, places[learner.Id], places[learner.Id] <= seats),
            })];
        }, cancel);

    internal static bool IsFor(this Session session, Learner learner) => (session.Audience == Audience.Volunteers) == (learner.Kind == LearnerKind.Volunteer);
}

using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using System.Text;
using System.Text.Json;
using BetterConnections.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace BetterConnections.Postgres;

/// <summary>One page of a list; <paramref name="Next"/> is the <c>after</c> of the following page, null on the last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>The query of every list: <c>?after=…&amp;limit=50</c>. At most 200 rows a page.</summary>
/// <remarks>In a record bound by <c>[AsParameters]</c> rules stand on the property: OpenAPI cannot read them off a constructor's parameter.</remarks>
public record Paging(string? After = null, [property: Range(1, 200)] int Limit = 50);

/// <summary>Keyset paging: page 1,000 costs what page 1 costs.</summary>
public static class Keyset
{
    /// <param name="by">A unique, indexed key: a number, id or text.</param>
    /// <param name="select">The projection; only what the page shows is read.</param>
    public static async Task<Page<TView>> PageAsync<T, TKey, TView>(this IQueryable<T> rows, Expression<Func<T, TKey>> by, Paging page,
        Expression<Func<T, TView>> select, bool descending = false, CancellationToken cancel = default) where TKey : notnull
    {
        if (page.After is not null) rows = rows.Where(Beyond(by, Decode<TKey>(page.After), descending));
        rows = descending ? rows.OrderByDescending(by) : rows.OrderBy(by);

        var found = await rows.Take(page.Limit + 1).Select(Keyed(by, select)).ToListAsync(cancel);
        return found.Count <= page.Limit
            ? new([.. found.Select(f => f.View)], null)
            : new([.. found.Take(page.Limit).Select(f => f.View)], Encode(found[page.Limit - 1].Key));
    }

    private static Expression<Func<T, bool>> Beyond<T, TKey>(Expression<Func<T, TKey>> by, TKey last, bool descending)
    {
        Expression<Func<TKey>> parameter = () => last;
        var (left, right) = (by.Body, parameter.Body);
        if (typeof(TKey) == typeof(string))
        {
            left = Expression.Call(typeof(string), nameof(string.Compare), null, left, right);
            right = Expression.Constant(0);
        }
        return Expression.Lambda<Func<T, bool>>(descending ? Expression.LessThan(left, right) : Expression.GreaterThan(left, right), by.Parameters);
    }

    private static Expression<Func<T, Row<TKey, TView>>> Keyed<T, TKey, TView>(Expression<Func<T, TKey>> by, Expression<Func<T, TView>> select)
    {
        var key = new Replace(by.Parameters[0], select.Parameters[0]).Visit(by.Body)!;
        var make = Expression.MemberInit(Expression.New(typeof(Row<TKey, TView>)),
            Expression.Bind(typeof(Row<TKey, TView>).GetProperty(nameof(Row<,>.Key))!, key),
            Expression.Bind(typeof(Row<TKey, TView>).GetProperty(nameof(Row<,>.View))!, select.Body));
        return Expression.Lambda<Func<T, Row<TKey, TView>>>(make, select.Parameters);
    }

    private static string Encode<TKey>(TKey key) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(key));

    private static TKey Decode<TKey>(string after)
    {
        try
        {
            return JsonSerializer.Deserialize<TKey>(Base64Url.DecodeFromChars(after))!;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw new BadInput("after_not_valid", "Give 'after' exactly as 'next' of the page before had it.");
        }
    }

    private sealed class Row<TKey, TView>
    {
        public required TKey Key { get; init; }
        public required TView View { get; init; }
    }

    private sealed class Replace(Expression from, Expression to) : ExpressionVisitor
    {
        public override Expression? Visit(Expression? node) => node == from ? to : base.Visit(node);
    }
}

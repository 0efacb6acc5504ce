using BetterConnections.Evaluation.Instruments;

namespace BetterConnections.Evaluation.Tests.Instruments;

public class ExpressionTests
{
    [Theory]
    [InlineData("${AI-a} = 'yes' and not(selected(${b}, 'x') or . > -1.5)", "AI-a b")]
    [InlineData("if(${a} >= 3, ${b} * 2 - ${a} div 2 mod 3, '')", "a b a")]
    [InlineData("jr:choice-name(${a}, '${a}')", "a a")]
    [InlineData("concat(\"it's\", ' and ', '(')", "")]
    [InlineData(". >= 0 and . <= ${OB2}", "OB2")]
    [InlineData("format-date(today(), '%Y-%m')", "")]
    public void What_survey_apps_share_is_read_with_the_items_it_names(string text, string references) =>
        Assert.Equal(references, string.Join(' ', Expression.Parse(text).References));

    [Fact]
    public void The_columns_of_the_lists_that_it_reads_are_known()
    {
        Assert.Equal([("workers", "name"), ("workers", "card")], Expression.Parse("pulldata('workers', 'name', 'card', ${card})").Files);
        Assert.Equal([("workers", "card"), ("workers", "name")], Expression.Parse("instance('workers')/root/item[card = ${card}]/name").Files);
        Assert.Equal([("workers", "facility")], Expression.Parse("facility = ${facility}", rowsOf: "workers").Files);
    }

    [Theory]
    [InlineData("")]
    [InlineData("${a} =")]
    [InlineData("(${a}")]
    [InlineData("${a} ${b}")]
    [InlineData("/data/a = 1")]
    [InlineData("../a")]
    [InlineData("${a}/b")]
    [InlineData("//a")]
    [InlineData("indexed-repeat(${a}, ${b}, 1)")]
    [InlineData("document('http://example.org/')")]
    [InlineData("selected(${a})")]
    [InlineData("today(1)")]
    [InlineData("pulldata(${a}, 'b', 'c', 'd')")]
    [InlineData("instance(${a})/root/item/name")]
    [InlineData("instance('workers')/root/item[card = instance('workers')/root/item/name]/name")]
    [InlineData("a = 'yes'")]
    [InlineData("'open")]
    [InlineData("${a} && ${b}")]
    [InlineData("1 = 1; drop")]
    public void What_they_do_not_share_is_refused(string text) => Assert.Throws<ExpressionInvalid>(() => Expression.Parse(text));

    [Fact]
    public void Nesting_without_end_is_refused_and_does_not_end_the_service()
    {
        Assert.Throws<ExpressionInvalid>(() => Expression.Parse(new string('(', 1900)));
        Assert.Throws<ExpressionInvalid>(() => Expression.Parse(new string('-', 1900) + "1"));
        Assert.Throws<ExpressionInvalid>(() => Expression.Parse(string.Concat(Enumerable.Repeat("not(", 400)) + "1" + new string(')', 400)));
        Assert.Empty(Expression.Parse(string.Join(" + ", Enumerable.Repeat("1", 500))).References);
    }
}

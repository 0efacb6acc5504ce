using System.Globalization;

namespace BetterConnections.Statistics.Tests;

/// <summary>
/// Generated data, worked out here and by R. Optional, since R is 100 MB that the product does not need: BC_R_CHECK=1 asks for it.
/// Where R has a function of its own, that is called; where only packages have one, the definition is written in R's vectors.
/// </summary>
public class AgainstRTests
{
    private const int Cases = 40;
    private readonly RScript r = new();
    private readonly SeededRandom random = new(20_261_122);

    [Fact]
    public async Task Intervals_and_tests_of_a_share() => await EachAsync(() =>
    {
        var n = Between(1, 900);
        var k = Between(0, n);
        var target = Between(1, 99) / 100.0;
        r.Compare($"prop.test({k},{n},correct=FALSE)$conf.int", Proportion.Wilson(k, n).Value.Interval);
        r.Compare($"binom.test({k},{n})$conf.int", Proportion.ClopperPearson(k, n).Value.Interval);
        r.Compare($"binom.test({k},{n},{Text(target)})$p.value", BinomialTest.Against(k, n, target).Value.P);
        r.Compare($"binom.test({k},{n},{Text(target)},'greater')$p.value", BinomialTest.Against(k, n, target, Alternative.Greater).Value.P);
        r.Compare($"binom.test({k},{n},{Text(target)},'less')$p.value", BinomialTest.Against(k, n, target, Alternative.Less).Value.P);

        var (effect, clusters) = (1 + Between(0, 300) / 100.0, Between(2, 60));
        n += 2;
        r.Define($"k<-{k}; n<-{n}; K<-{clusters}; p<-k/n; ne<-n/{Text(effect)}; t<-qt(.975,K-1)");
        r.Define("w<-(p*ne+t^2/2+c(-1,1)*t*sqrt(p*(1-p)*ne+t^2/4))/(ne+t^2)");
        r.Compare("w", Proportion.Wilson(k, n, effect, clusters).Value.Interval);
        r.Define("m<-min(n,ne*(qt(.975,n-1)/t)^2)");
        r.Compare("c(qbeta(.025,m*p,m*(1-p)+1),qbeta(.975,m*p+1,m*(1-p)))", Proportion.KornGraubard(k, n, effect, clusters).Value.Interval);
    });

    [Fact]
    public async Task Two_shares() => await EachAsync(() =>
    {
        var (n1, n2, d1, d2) = (Between(5, 900), Between(5, 900), 1 + Between(0, 300) / 100.0, 1 + Between(0, 300) / 100.0);
        var (k1, k2) = (Between(1, n1), Between(0, n2 - 1));
        var (first, second) = (new BinarySample(k1, n1, d1), new BinarySample(k2, n2, d2));
        r.Define($"d<-c({Text(d1)},{Text(d2)}); x<-c({k1},{k2})/d; n<-c({n1},{n2})/d; z<-qnorm(.975); p<-x/n");
        r.Compare("prop.test(x,n,correct=FALSE)$p.value", TwoProportions.Test(first, second).Value.P);
        r.Define("l<-(p*n+z^2/2-z*sqrt(p*(1-p)*n+z^2/4))/(n+z^2); u<-(p*n+z^2/2+z*sqrt(p*(1-p)*n+z^2/4))/(n+z^2)");
        r.Compare("p[1]-p[2]+c(-sqrt((p[1]-l[1])^2+(u[2]-p[2])^2),sqrt((u[1]-p[1])^2+(p[2]-l[2])^2))", TwoProportions.Difference(first, second).Value.Interval);
    });

    [Fact]
    public async Task McNemar_and_its_relatives() => await EachAsync(() =>
    {
        var c = new PairedCounts(Between(1, 60), Between(1, 60), 200);
        r.Define($"b<-{c.Gained}; cc<-{c.Lost}; m<-matrix(c(10,b,cc,20),2)");
        r.Compare("mcnemar.test(m,correct=FALSE)$p.value", McNemar.Asymptotic(c).Value.P);
        r.Compare("mcnemar.test(m)$p.value", McNemar.Corrected(c).Value.P);
        r.Compare("binom.test(b,b+cc)$p.value", McNemar.Exact(c).Value.P);
        r.Compare("min(1,2*pbinom(min(b,cc),b+cc,.5)-dbinom(min(b,cc),b+cc,.5))", McNemar.MidP(c).Value.P);

        PairedCounts[] clusters = [.. Enumerable.Range(0, Between(5, 10)).Select(_ => new PairedCounts(Between(0, 6), Between(0, 4), Between(10, 30)))];
        if (clusters.All(k => k.Net == 0)) return;
        r.Define($"d<-{RScript.Vector(clusters.Select(k => k.Net))}; n<-{RScript.Vector(clusters.Select(k => k.Pairs))}; K<-length(d)");
        r.Compare("pchisq((K-1)/K*sum(d)^2/sum(d^2),1,lower=FALSE)", ClusteredMcNemar.Obuchowski(clusters).Value.P);
        r.Compare("pchisq(sum(d/n)^2/sum((d/n)^2),1,lower=FALSE)", ClusteredMcNemar.Durkalski(clusters).Value.P);
        r.Compare("pchisq((K-1)/K*sum(d)^2/mean(c(sum(d^2),sum((d-n*sum(d)/sum(n))^2))),1,lower=FALSE)", ClusteredMcNemar.Yang(clusters).Value.P);
        r.Compare("mean(abs(as.matrix(expand.grid(rep(list(c(-1,1)),K)))%*%d)>=abs(sum(d))-1e-9)", ClusteredMcNemar.Permutation(clusters, 1).Value.P);
    });

    [Fact]
    public async Task Signed_ranks() => await EachAsync(() =>
    {
        double[] distinct = [.. Enumerable.Range(1, Between(6, 49)).Select(i => Between(0, 2) == 0 ? -i : (double)i)];
        r.Compare($"wilcox.test({RScript.Vector(distinct)},exact=TRUE)$p.value", SignedRank.Test(distinct).Value.PExact!.Value);

        double[] tied = [.. Enumerable.Range(0, Between(6, 300)).Select(_ => (double)Between(-3, 4)), 1, 2];
        var result = SignedRank.Test(tied).Value;
        r.Define($"x<-{RScript.Vector(tied)}; w<-suppressWarnings(wilcox.test(x,exact=FALSE))");
        r.Compare("w$statistic", result.PositiveRanks);
        r.Compare("w$p.value", result.PCorrected);
        r.Compare("suppressWarnings(wilcox.test(x,exact=FALSE,correct=FALSE))$p.value", result.PNormal);

        double[] few = [.. tied.Take(10), 1];
        r.Define($"x<-{RScript.Vector(few)}; ways<-function(r,s) mean(abs(as.matrix(expand.grid(rep(list(c(-1,1)),length(r))))%*%r)>=abs(sum(r*s))-1e-9)");
        r.Compare("{y<-x[x!=0]; ways(rank(abs(y)),sign(y))}", SignedRank.Test(few).Value.PExact!.Value);
        r.Compare("{q<-rank(abs(x)); ways(q[x!=0],sign(x[x!=0]))}", SignedRank.Test(few, Zeros.Pratt).Value.PExact!.Value);
    });

    [Fact]
    public async Task Many_p_values() => await EachAsync(() =>
    {
        double?[] p = [.. Enumerable.Range(0, Between(1, 12)).Select(_ => Between(1, 1000) / 1000.0)];
        r.Define($"p<-{RScript.Vector(p.Select(x => x!.Value))}");
        for (var i = 0; i < p.Length; i++)
        {
            r.Compare($"p.adjust(p,'holm')[{i + 1}]", Multiplicity.Holm(p)[i]!.Value);
            r.Compare($"p.adjust(p,'BH')[{i + 1}]", Multiplicity.BenjaminiHochberg(p)[i]!.Value);
        }
    });

    [Fact]
    public async Task Clusters() => await EachAsync(() =>
    {
        double[][] clusters = [.. Enumerable.Range(0, Between(6, 12)).Select(k => Enumerable.Range(0, Between(2, 25)).Select(_ => k % 3 + Between(0, 9) / 3.0).ToArray())];
        r.Define($"y<-{RScript.Vector(clusters.SelectMany(c => c))}; g<-factor({RScript.Vector(clusters.SelectMany((c, k) => c.Select(_ => k)))})");
        r.Define("ms<-anova(lm(y~g))$'Mean Sq'; m<-table(g); n<-length(y); K<-length(m); m0<-(n-sum(m^2)/n)/(K-1); icc<-max(0,(ms[1]-ms[2])/(ms[1]+(m0-1)*ms[2]))");
        var intraclass = IntraclassCorrelation.Of(clusters).Value;
        r.Compare("ms[1]", intraclass.BetweenMeanSquare);
        r.Compare("ms[2]", intraclass.WithinMeanSquare);
        r.Compare("icc", intraclass.Value);
        r.Compare("n/(1+(sum(m^2)/n-1)*icc)", intraclass.EffectiveSize);

        r.Define("s<-(seq_len(K)-1)%/%3; e<-tapply(y,g,sum)-mean(y)*m; v<-tapply(e,s,function(x) if(length(x)==1) x^2 else length(x)*var(x)); se<-sqrt(sum(v))/n");
        var mean = UltimateCluster.Mean([.. clusters.Select((c, k) => new ClusterTotal(c.Sum(), c.Length, k / 3))]).Value;
        r.Compare("se", mean.StandardError);
        r.Compare("mean(y)+c(-1,1)*qt(.975,K-length(v))*se", mean.Interval);
        r.Compare("K*var(e)/n^2/(mean((y-mean(y))^2)/n)", UltimateCluster.DesignEffect(clusters).Value);
    });

    [Fact]
    public async Task Scales_and_ratings() => await EachAsync(() =>
    {
        var items = Between(2, 6);
        double[][] answers = [.. Enumerable.Range(0, Between(5, 40)).Select(i => Enumerable.Range(0, items).Select(_ => i % 4 + (double)Between(0, 3)).ToArray())];
        r.Define($"s<-cov(matrix({RScript.Vector(answers.SelectMany(a => a))},ncol={items},byrow=TRUE))");
        r.Compare($"{items}/({items}-1)*(1-sum(diag(s))/sum(s))", Scales.CronbachAlpha(answers).Value);

        int[][] table = [.. Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 3).Select(j => Between(0, 9) + (i == j ? 20 : 1)).ToArray())];
        r.Define($"m<-matrix({RScript.Vector(table.SelectMany(row => row))},3,byrow=TRUE); n<-sum(m); p<-m/n; a<-rowSums(p); b<-colSums(p); po<-sum(diag(p)); pe<-sum(a*b); k<-(po-pe)/(1-pe)");
        r.Compare("k", Kappa.Of(table).Value);
        r.Define("off<-p; diag(off)<-0; v<-(sum(diag(p)*(1-(a+b)*(1-k))^2)+(1-k)^2*sum(off*outer(b,a,'+')^2)-(k-pe*(1-k))^2)/(n*(1-pe)^2)");
        r.Compare("k+c(-1,1)*qnorm(.975)*sqrt(v)", Kappa.Interval(table).Value);
    });

    [Fact]
    public async Task Differences_in_differences() => await EachAsync(() =>
    {
        ClusterChange[] strata = [.. Enumerable.Range(0, Between(8, 40)).Select(i => new ClusterChange(Between(-20, 40) / 7.0, i % 2 == 0, i / 2 % 3))];
        r.Define($"y<-{RScript.Vector(strata.Select(c => c.Change))}; t<-{RScript.Vector(strata.Select(c => c.IsTreated ? 1 : 0))}; s<-factor({RScript.Vector(strata.Select(c => c.Stratum))}); f<-lm(y~t+s)");
        var estimate = DifferenceInDifferences.Estimate(strata).Value;
        r.Compare("coef(f)['t']", estimate.Value);
        r.Compare("coef(summary(f))['t',2]", estimate.StandardError);
        r.Compare("confint(f)['t',]", estimate.Interval);

        ClusterChange[] one = [.. strata.Take(Between(6, 9)).Select(c => c with { Stratum = 0 })];
        r.Define($"y<-{RScript.Vector(one.Select(c => c.Change))}; t<-{RScript.Vector(one.Select(c => c.IsTreated ? 1 : 0))}; a<-sum(t)");
        r.Compare("{d<-combn(length(y),a,function(i) mean(y[i])-mean(y[-i])); mean(abs(d)>=abs(mean(y[t==1])-mean(y[t==0]))-1e-9)}",
            DifferenceInDifferences.Permutation(one, 1).Value.P);
    });

    private async Task EachAsync(Action oneCase)
    {
        Assert.SkipWhen(RScript.Missing is not null, RScript.Missing ?? "");
        for (var i = 0; i < Cases; i++) oneCase();
        Assert.True(r.Count >= Cases);
        await r.RunAsync();
    }

    /// <summary>Both ends included.</summary>
    private int Between(int least, int most) => least + (int)random.Below((ulong)(most - least + 1));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

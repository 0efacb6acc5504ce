public class P { [Xunit.Fact] public void A_test_runs() => Xunit.Assert.True(true); }

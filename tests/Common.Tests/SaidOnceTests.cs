namespace Common.Tests;

public class SaidOnceTests
{
    private readonly SaidOnce _said = new();

    [Fact]
    public void IsNews_SameSentenceWithOtherNumbers_IsNone()
    {
        _said.IsNews("one", "It is tried again in 30 s.").Should().BeTrue();

        _said.IsNews("one", "It is tried again in 9 s.").Should().BeFalse();
        _said.IsNews("two", "It is tried again in 9 s.").Should().BeTrue("each subject has its own");
    }

    [Fact]
    public void IsNews_OtherSentenceOrBackAgain_IsNews()
    {
        _said.IsNews("one", "It did not start.");

        _said.IsNews("one", "It ended.").Should().BeTrue();
        _said.Forget("one");
        _said.IsNews("one", "It ended.").Should().BeTrue();
    }

    [Fact]
    public void News_OfALook_GoneOnesAreNewsAgain()
    {
        _said.News(["one failed 3 times", "two failed", "two failed"], isAll: true).Should().Equal("one failed 3 times", "two failed");

        _said.News(["one failed 4 times"], isAll: false).Should().BeEmpty();
        _said.News(["one failed 5 times"], isAll: true).Should().BeEmpty();
        _said.News(["one failed 6 times", "two failed"], isAll: true).Should().Equal("two failed");
    }
}

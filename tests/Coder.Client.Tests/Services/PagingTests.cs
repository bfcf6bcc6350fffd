using Coder.Client.Models;
using Coder.Client.Services;

namespace Coder.Client.Tests.Services;

public sealed class PagingTests
{
    private static readonly int[] Items = [.. Enumerable.Range(1, 1005)];

    [Theory]
    [InlineData(1, 20, 1, 20, true, false)]
    [InlineData(2, 20, 21, 20, true, true)]
    [InlineData(51, 20, 1001, 5, false, true)]
    [InlineData(10, 100, 901, 100, true, true)]
    public void Slice_PageInside_HoldsItsItems(int number, int size, int first, int count, bool next, bool previous)
    {
        Page<int> page = Paging.Slice("henk", Items, new PageRequest(number, size));

        page.Items.Should().Equal(Enumerable.Range(first, count));
        (page.TotalCount, page.HasNextPage, page.HasPreviousPage, page.AgentName).Should().Be((1005, next, previous, "henk"));
    }

    [Theory]
    [InlineData(52, 20)]
    [InlineData(int.MaxValue, 100)]
    public void Slice_PageBehindTheEnd_IsEmptyWithTrueTotals(int number, int size)
    {
        Page<int> page = Paging.Slice("henk", Items, new PageRequest(number, size));

        page.Items.Should().BeEmpty();
        (page.TotalCount, page.HasNextPage, page.HasPreviousPage).Should().Be((1005, false, true));
    }

    [Fact]
    public void Slice_NothingAtAll_IsEmpty() =>
        Paging.Slice<int>("henk", [], new PageRequest()).Should().Match<Page<int>>(page => page.TotalCount == 0 && !page.HasNextPage && !page.HasPreviousPage);

    [Theory]
    [InlineData(0, 20, "page")]
    [InlineData(-1, 20, "page")]
    [InlineData(1, 0, "page_size")]
    [InlineData(1, 101, "page_size")]
    public void Check_OutOfRange_NamesTheParameter(int number, int size, string field) =>
        FluentActions.Invoking(() => Paging.Check(new PageRequest(number, size))).Should().Throw<FleetException>().Which.Details["field"].Should().Be(field);
}

namespace Horreum.Client.Models;

/// <summary>Which part of a list, in which order.</summary>
/// <param name="Page">Page, from 1.</param>
/// <param name="Limit">Items on a page.</param>
/// <param name="Sort">Column; null for the list's own order.</param>
/// <param name="Direction">Order.</param>
internal sealed record ListOrder(int Page, int Limit, string? Sort = null, SortDirection? Direction = null);

namespace Horreum.Client.Models;

/// <summary>Order of a list.</summary>
public enum SortDirection
{
    /// <summary>Smallest, oldest or first letter first.</summary>
    Ascending = 0,

    /// <summary>Largest, newest or last letter first.</summary>
    Descending = 1,
}

using System.Text;

namespace Horreum.Client.Tools;

/// <summary>Spells names.</summary>
internal static class ToolSpelling
{
    /// <summary>Prefix of the HTTP routes, accepted over MCP as well.</summary>
    public const string Prefix = "horreum_";

    /// <summary><c>pageSize</c> becomes <c>page_size</c>.</summary>
    public static string ToSnake(string camel)
    {
        StringBuilder snake = new(camel.Length + 4);
        foreach (char letter in camel)
        {
            if (char.IsAsciiLetterUpper(letter))
            {
                snake.Append('_').Append(char.ToLowerInvariant(letter));
            }
            else
            {
                snake.Append(letter);
            }
        }

        return snake.ToString();
    }
}

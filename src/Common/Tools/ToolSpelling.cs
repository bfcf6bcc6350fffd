using System.Text;

namespace Common.Tools;

/// <summary>Spells names.</summary>
internal static class ToolSpelling
{
    /// <summary><c>pageSize</c> becomes <c>page_size</c>.</summary>
    public static string ToSnake(string camel)
    {
        if (!camel.AsSpan().ContainsAnyInRange('A', 'Z'))
        {
            return camel;
        }

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

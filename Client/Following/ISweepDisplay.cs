using Sweeper.Client.Rendering;

namespace Sweeper.Client.Following;

/// <summary>Shows a sweep while it runs.</summary>
internal interface ISweepDisplay
{
    /// <summary>Shows views for as long as the work lasts.</summary>
    /// <param name="work">Feeds <see cref="Show"/>.</param>
    Task<T> WhileAsync<T>(Func<Task<T>> work);

    /// <summary>Shows a view in place of the one before.</summary>
    void Show(ScreenModel model);

    /// <summary>Says something beside the views.</summary>
    void Notice(string text);
}

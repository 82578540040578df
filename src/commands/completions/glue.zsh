
# zsh's own _git calls the function _git-postmortem, which is this file when it is autoloaded.
if [ "$funcstack[1]" = _git-postmortem ]; then
    _git-postmortem() { _clap_dynamic_completer_git_postmortem "$@" }
    _git-postmortem "$@"
fi

; Has links of the scheme hither: open the app. electron-builder does that for macOS and Linux alone.

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\hither" "" "URL:Hither"
  WriteRegStr SHELL_CONTEXT "Software\Classes\hither" "URL Protocol" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\hither\DefaultIcon" "" "$appExe,0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\hither\shell\open\command" "" '"$appExe" "%1"'
!macroend

!macro customUnInstall
  ; An update takes the old version away before it installs the new one.
  ${ifNot} ${isUpdated}
    DeleteRegKey SHELL_CONTEXT "Software\Classes\hither"
  ${endIf}
!macroend
